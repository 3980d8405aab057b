"""The standard workbooks of 人大代表建议: the office's register and the departments' return.

Everything else about these sheets (blank forms, drop-downs, checks, guide texts, sample data in
tests) follows from the declarations in the modules named here.
"""

from __future__ import annotations

from reportgen.reports.suggestions.sheets.register_sheets import (
    ACTION,
    CASES_OF_OFFICE,
    ITEMS,
    LAST_YEAR,
    PROMISED,
)
from reportgen.reports.suggestions.sheets.return_sheets import (
    CASES_OF_DEPARTMENT,
    HANDLING,
    OUTCOMES,
)
from reportgen.reports.suggestions.sheets.vocabulary import DEPARTMENT
from reportgen.reports.suggestions.sheets.year_sheets import (
    DEPARTMENT_LIST,
    DEPUTY_LIST,
    LIMITS,
    RATING_CLASSES,
    RESULT_CLASSES,
    SETTINGS,
    THEME_LIST,
)
from reportgen.schema.model import Workbook

REGISTER = Workbook(
    "建议台账",
    1,
    (
        SETTINGS, LIMITS, RESULT_CLASSES, RATING_CLASSES, DEPARTMENT_LIST, DEPUTY_LIST, THEME_LIST, ITEMS,
        ACTION, CASES_OF_OFFICE, LAST_YEAR, PROMISED,
    ),
    purpose="由人大办（党政办）填写：基本信息、部门和代表名单、全部议案建议的台账。",
)  # fmt: skip

RETURN = Workbook(
    "部门填报表",
    1,
    (HANDLING, OUTCOMES, CASES_OF_DEPARTMENT),
    owner=DEPARTMENT,
    purpose="由承办部门填写：逐件填报办理情况，并填写工作成效。",
)
