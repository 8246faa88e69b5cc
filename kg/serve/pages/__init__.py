"""The pages: from what a worker answered to HTML. They work without scripts, in Chinese first and in English."""
