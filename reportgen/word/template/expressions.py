"""Expressions of the template: Jinja2's language, evaluated in its sandbox on our names alone.

``wrap_node`` turns what a report offers into what an expression sees; ``compile_expressions`` makes one function
of several expressions, so that a table row costs one call.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, TypeAlias

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.facts.model import Absent, Fact, FiguredText
from reportgen.facts.report import Item, Items
from reportgen.word.template.filters import FILTERS, CannotShow

NameScope: TypeAlias = Mapping[str, Any]
Compiled: TypeAlias = Callable[[NameScope], Sequence[Any]]

BARE_NUMBER = "得到的只是一个数字，说不出来源；请在指标中增加这一项，再写它的名称"


class LeafValue:
    """A leaf as an expression sees it: it stands for ``plain`` and still knows its ``leaf``.

    A comparison with something absent (``plain`` is None) is false, whichever it is, and what is
    calculated from it is absent too.  So it is with a figure that is known only about (100余, a
    概数), but that it may be compared with a text for being that text.
    """

    __slots__ = ("leaf", "plain")

    def __init__(self, leaf: object, plain: object) -> None:
        self.leaf = leaf
        self.plain = plain

    def __bool__(self) -> bool:
        return bool(self.plain)

    def __eq__(self, other: object) -> bool:
        return _compare_values(operator.eq, self, other)

    def __ne__(self, other: object) -> bool:
        return _compare_values(operator.ne, self, other)

    def __lt__(self, other: object) -> bool:
        return _compare_values(operator.lt, self, other)

    def __le__(self, other: object) -> bool:
        return _compare_values(operator.le, self, other)

    def __gt__(self, other: object) -> bool:
        return _compare_values(operator.gt, self, other)

    def __ge__(self, other: object) -> bool:
        return _compare_values(operator.ge, self, other)

    def __contains__(self, part: object) -> bool:
        return isinstance(self.plain, str) and str(_to_plain(part)) in self.plain

    __hash__ = None  # type: ignore[assignment]  # equal to numbers, hashed like none


_NOTHING = LeafValue(Absent(""), None)


class ListValue:
    """A list as an expression sees it: true when it has items, and with a length."""

    __slots__ = ("items",)

    def __init__(self, items: Items) -> None:
        self.items = items

    def __len__(self) -> int:
        return len(self.items.items)


def wrap_node(node: object) -> Any:  # noqa: ANN401 - an expression's value may be anything
    """A node of the report's tree, or a filter's result, as an expression sees it."""
    if type(node) is str:
        return node
    if isinstance(node, Fact):
        return LeafValue(node, node.value)
    if isinstance(node, FiguredText):
        return LeafValue(node, str(node))
    if isinstance(node, Absent):
        return LeafValue(node, None)
    return ListValue(node) if isinstance(node, Items) else node


def unwrap_value(value: object) -> object:
    """The node behind an expression's value."""
    if isinstance(value, list | tuple):
        return [unwrap_value(each) for each in value]
    if isinstance(value, LeafValue):
        return value.leaf
    return value.items if isinstance(value, ListValue) else value


@lru_cache(maxsize=4096)
def parsed(code: str) -> nodes.Expr:
    """The syntax tree of one expression, which nobody changes.

    Raises:
        TemplateSyntaxError: it is not one.
    """
    try:
        parser = Parser(_SANDBOX, code, state="variable")
        expression = parser.parse_expression()
    except (RecursionError, ValueError) as error:  # brackets in brackets; 5,000 digits
        raise TemplateSyntaxError("too deep or too long", 1) from error
    if not parser.stream.eos:
        raise TemplateSyntaxError("more than one expression", 1)
    return expression


def compile_expressions(codes: Sequence[str]) -> Compiled:
    """One function that evaluates all the expressions; they have passed ``name_check.check``."""
    return _compile_codes(tuple(codes))


@lru_cache(maxsize=4096)  # compiling takes most of the time of a small report
def _compile_codes(codes: tuple[str, ...]) -> Compiled:
    paths = [path_of(parsed(code)) for code in codes]
    if all(paths):  # names only: most cells of long tables; looking them up needs no Jinja
        return lambda scope: [_look_up_path(scope, path) for path in paths]
    joined = "".join(f"({code})," for code in codes)
    evaluate = _SANDBOX.compile_expression(f"({joined})", undefined_to_none=False)

    def run(scope: NameScope) -> Sequence[Any]:
        values: Any = evaluate(scope)
        return tuple(values)

    return run


def path_of(expression: nodes.Expr) -> tuple[str, ...]:
    """``部门.名称`` as its steps; nothing if the expression is more than that."""
    if isinstance(expression, nodes.Name):
        return (expression.name,)
    if isinstance(expression, nodes.Getattr):
        before = path_of(expression.node)
        return (*before, expression.attr) if before else ()
    return ()


def _look_up_path(scope: NameScope, path: tuple[str, ...]) -> Any:  # noqa: ANN401
    value = scope[path[0]]  # it is there: names.check has seen to it
    for name in path[1:]:
        value = _SANDBOX.getattr(value, name)
    return value


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, reduced: attributes are names of the tree, operators take numbers only."""

    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])
    intercepted_unops = frozenset(["+", "-"])

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        names = obj.names if type(obj) is Item else obj
        try:
            return wrap_node(names[attribute])
        except (KeyError, TypeError, IndexError) as error:
            raise CannotShow(f"这里没有“{attribute}”") from error

    def getitem(self, obj: Any, argument: object) -> Any:  # noqa: ANN401
        return self.getattr(obj, str(argument))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002
        if operator == "**":
            raise CannotShow("模板里不能作乘方")
        if _is_unknown(left) or _is_unknown(right):
            return _NOTHING
        try:
            return self.binop_table[operator](_to_number(left), _to_number(right))
        except (ZeroDivisionError, InvalidOperation):  # a share of nothing
            return _NOTHING

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:  # noqa: ANN401, ARG002
        return _NOTHING if _is_unknown(arg) else self.unop_table[operator](_to_number(arg))


def _wrap_filter(function: Callable[..., object]) -> Callable[..., Any]:
    def run(value: object, *arguments: object) -> Any:  # noqa: ANN401
        result = function(unwrap_value(value), *map(unwrap_value, arguments))
        return wrap_node(result)

    return run


def _make_sandbox() -> _Sandbox:
    sandbox = _Sandbox(undefined=StrictUndefined, optimized=False, autoescape=False)
    sandbox.globals.clear()
    sandbox.tests.clear()
    sandbox.filters.clear()
    sandbox.filters.update({name: _wrap_filter(function) for name, function in FILTERS.items()})
    return sandbox


_SANDBOX = _make_sandbox()


def _to_plain(value: object) -> object:
    value = value.plain if isinstance(value, LeafValue) else value
    return Decimal(str(value)) if isinstance(value, float) else value


def _compare_values(test: Callable[[Any, Any], bool], left: object, right: object) -> bool:
    first, second = _to_plain(left), _to_plain(right)
    if first is None or second is None:
        return False
    about = [_is_about(each) for each in (left, right)]
    by_order = test not in {operator.eq, operator.ne}
    mixed = isinstance(first, str) != isinstance(second, str)
    if all(about) or (any(about) and (mixed or by_order)):
        return False
    if mixed and by_order:
        raise CannotShow("文字和数字不能比较大小")
    return test(first, second)


def _is_unknown(value: object) -> bool:
    """Whether nothing can be calculated from it: it is absent, or known only about."""
    return _to_plain(value) is None or _is_about(value)


def _is_about(value: object) -> bool:
    """Whether it is a figure of which only about how much is known (100余)."""
    return (
        isinstance(value, LeafValue)
        and isinstance(value.leaf, Fact)
        and isinstance(value.plain, str)
    )


def _to_number(value: object) -> int | Decimal:
    plain = _to_plain(value)
    if isinstance(plain, bool) or not isinstance(plain, int | Decimal):
        raise CannotShow("只有数字才能计算")
    return plain
