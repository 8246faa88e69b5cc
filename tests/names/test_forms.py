"""Short forms of the names of bodies."""

from __future__ import annotations

import pytest

from kg.names.forms import is_short_form, short_forms, stem, without_form


def test_a_company_is_called_by_less_and_less_of_its_name() -> None:
    forms = short_forms("岳阳宏达电力股份有限公司")
    assert {"岳阳宏达电力", "宏达电力", "宏达股份", "宏达"} & set(forms) >= {
        "岳阳宏达电力",
        "宏达电力",
        "宏达",
    }
    assert "岳阳宏达电力股份有限公司" not in forms
    assert "岳阳" not in forms


def test_the_name_of_a_public_body_keeps_its_head() -> None:
    assert "教育局" not in short_forms("岳阳市教育局")


@pytest.mark.parametrize("form", ["电力", "公司", "中国", "岳阳", "人民法院", "局"])
def test_a_bare_head_industry_or_place_stands_for_no_body(form: str) -> None:
    assert not is_short_form(form)


def test_the_legal_form_and_the_industry_come_off() -> None:
    assert without_form("宏达电力有限责任公司") == "宏达电力"
    assert without_form("宏达电力") == "宏达电力"
    assert stem("宏达电力") == "宏达"
    assert stem("电力") == "电力"
