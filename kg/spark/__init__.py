"""Many articles on many machines, by Apache Spark (extra ``[spark]``): the functions of ``kg.corpus``, stage by stage."""
