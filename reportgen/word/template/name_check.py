"""Checks an expression against the tree of names without evaluating it.

So mistakes show also in branches not taken and in loops over lists that are empty this time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, TypeAlias

from jinja2 import TemplateSyntaxError, nodes

from reportgen.facts.report import Items, Shape
from reportgen.nearest_name import did_you_mean, find_closest
from reportgen.word.template.expressions import BARE_NUMBER, parsed
from reportgen.word.template.filters import FILTERS
from reportgen.word.template.sentences import PREFIX


class ExpressionKind(Enum):
    """What an expression comes to, where the names alone do not tell more."""

    LEAF = "leaf"
    NUMBER = "number"
    TRUTH = "truth"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose items have these names."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class ItemOf:
    """One item of a list, known by the list's shape."""

    shape: Shape


Known: TypeAlias = "ExpressionKind | ListOf | ItemOf | Mapping[str, object] | object"
"""A ``ExpressionKind``, a list, an item, a group of names (Mapping), or the leaf itself."""

_DEEPEST = 30  # brackets within brackets; far more than anybody types, far less than hurts
BLIND = "*"
"""In a scope: a loop around could not be read, so an unknown name may be its variable."""
LOOP: Mapping[str, object] = {
    "index": ExpressionKind.LEAF,
    "first": ExpressionKind.TRUTH,
    "last": ExpressionKind.TRUTH,
}


@dataclass
class ExpressionCheck:
    """One expression being read; ``faults`` collects what is wrong with it, for the user."""

    scope: Mapping[str, object]
    faults: list[str] = field(default_factory=list)
    _depth: int = 0

    def sort(self, code: str) -> Known:
        """What the expression comes to."""
        try:
            return self._of(parsed(code))
        except TemplateSyntaxError:
            self.faults.append(
                f"这个写法读不懂，请检查括号、引号、圆点和拼写{_list_odd_signs(code)}"
            )
            return ExpressionKind.UNKNOWN

    def _of(self, node: nodes.Node) -> Known:
        for kind, text in _REFUSED:
            if isinstance(node, kind):
                return self._fault(text)
        for kind, read in self._READERS:
            if isinstance(node, kind) and self._depth < _DEEPEST:
                self._depth += 1
                known = read(self, node)
                self._depth -= 1
                return known
        return self._fault("这种写法不能用在模板里")

    def _name(self, node: nodes.Name) -> Known:
        name = node.name
        if name in self.scope:
            return _classify_node(self.scope[name])
        if BLIND in self.scope:
            return ExpressionKind.UNKNOWN
        if name == "loop":
            return self._fault("loop 只能用在循环里面")
        if name == PREFIX:
            return self._fault("句子只能写作 {{ 句.名称 }}，不能作条件，后面不能加竖线")
        if name in FILTERS:
            return self._fault(f"“{name}”是过滤器，应写在竖线后面")
        return self._fault(f"没有“{name}”这个名称{self._hint(name)}")

    def _item(self, node: nodes.Getitem) -> Known:
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str | int):
            return self._member(nodes.Getattr(node.node, str(node.arg.value), "load"))
        return self._fault("方括号里只能写名称")

    def _member(self, node: nodes.Getattr) -> Known:
        name = node.attr
        whole = self._of(node.node)
        path = _spell_path(node.node)
        if whole is ExpressionKind.UNKNOWN:
            return whole
        if isinstance(whole, ItemOf):
            whole = {each: _classify_shape(shape) for each, shape in whole.shape.items()}
        if isinstance(whole, ListOf):
            return self._fault(f"“{path}”是列表，要用 {{% for … in {path} %}} 逐项取用")
        if isinstance(whole, Mapping):
            if name in whole:
                return _classify_node(whole[name])
            typed = f"{path}.{name}"
            return self._fault(f"没有“{typed}”这个名称{self._hint(name, path, whole)}")
        if name in {"value", "text", "key", "unit", "base"}:
            return self._fault(f"“.{name}”{BARE_NUMBER}（只写“{path}”即可）")
        return self._fault(f"“{path}”下面没有“{name}”，只写“{path}”即可")

    def _filter(self, node: nodes.Filter) -> Known:
        inner = self._of(node.node) if node.node else ExpressionKind.UNKNOWN
        for argument in node.args:
            self._of(argument)
        if node.name not in FILTERS:
            return self._fault(f"没有“{node.name}”这个过滤器，可用的有{'、'.join(FILTERS)}")
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            return self._fault(f"“{node.name}”的括号里只能直接写值")
        return self._fitting(node, inner)

    def _fitting(self, node: nodes.Filter, inner: Known) -> Known:
        most = {"中文数字": 0, "中文年份": 0, "日期": 1, "顿号": 2, "书名号": 0}[node.name]
        if len(node.args) > most:
            return self._fault(f"“{node.name}”的括号里最多写{most}项")
        is_list = isinstance(inner, ListOf)
        if inner is ExpressionKind.UNKNOWN:
            return inner
        if is_list != (node.name == "顿号") or isinstance(inner, ItemOf | Mapping):
            wanted = "列表" if node.name == "顿号" else "单个的名称"
            return self._fault(f"“{node.name}”前面应是{wanted}")
        return ExpressionKind.LEAF

    def _truth(self, node: nodes.Compare | nodes.Not) -> Known:
        operands = node.iter_child_nodes() if isinstance(node, nodes.Not) else _iter_operands(node)
        for operand in operands:
            self._test(operand)
        return ExpressionKind.TRUTH

    def _test(self, node: nodes.Node) -> None:
        self.condition(self._of(node), _spell_path(node))

    def condition(self, known: Known, path: str) -> None:
        """Fault what cannot be true or false."""
        if isinstance(known, ItemOf | Mapping):
            self._fault(f"“{path}”是一组名称，不能作条件，请写到其中的一项")

    def _conditional(self, node: nodes.CondExpr) -> Known:
        if node.expr2 is None:
            return self._fault("“… if 条件”后面要有 else，写明条件不成立时是什么")
        self._test(node.test)
        return self._either(node.expr1, node.expr2)

    def _sides(self, node: nodes.And | nodes.Or) -> Known:
        return self._either(node.left, node.right)

    def _literal_value(self, node: nodes.Const) -> Known:
        return _classify_constant(node.value)

    def _either(self, left: nodes.Node, right: nodes.Node) -> Known:
        sorts = (self._of(left), self._of(right))
        for sort in (ExpressionKind.UNKNOWN, ExpressionKind.NUMBER, ExpressionKind.TRUTH):
            if sort in sorts:
                return sort
        for known, node in zip(sorts, (left, right), strict=True):
            self.condition(known, _spell_path(node))
        lists = [known for known in sorts if isinstance(known, ListOf)]
        return lists[0] if lists else ExpressionKind.LEAF

    def _arithmetic(self, node: nodes.Node) -> Known:
        for operand in node.iter_child_nodes():
            known = self._of(operand)
            if isinstance(known, ListOf | ItemOf | Mapping):
                return self._fault(f"“{_spell_path(operand)}”不是数字，不能计算")
        return ExpressionKind.NUMBER

    def _literal(self, node: nodes.Node) -> Known:
        for member in node.iter_child_nodes():
            self._of(member)
        return ListOf({})

    def _fault(self, text: str) -> ExpressionKind:
        if text not in self.faults:
            self.faults.append(text)
        return ExpressionKind.UNKNOWN

    def _hint(self, name: str, path: str = "", names: Mapping[str, object] | None = None) -> str:
        """The nearest name beside the one typed, or else anywhere in the tree."""
        before = f"{path}." if path else ""
        near = find_closest(name, names or self.scope, ours=True)
        if near:
            return did_you_mean(f"{before}{near}")
        paths = list(_iter_paths(self.scope))
        same = (each for each in paths if each.rpartition(".")[2] == name)
        return did_you_mean(next(same, None) or find_closest(f"{before}{name}", paths, ours=True))

    _READERS: ClassVar[
        Sequence[tuple[type[nodes.Node], Callable[[ExpressionCheck, Any], Known]]]
    ] = (
        (nodes.Name, _name),
        (nodes.Getattr, _member),
        (nodes.Getitem, _item),
        (nodes.Const, _literal_value),
        (nodes.Filter, _filter),
        (nodes.Compare, _truth),
        (nodes.Not, _truth),
        (nodes.And, _sides),
        (nodes.Or, _sides),
        (nodes.CondExpr, _conditional),
        (nodes.BinExpr, _arithmetic),
        (nodes.UnaryExpr, _arithmetic),
        (nodes.List, _literal),
        (nodes.Tuple, _literal),
    )


def check_print_code(code: str, scope: Mapping[str, object]) -> tuple[Known, list[str]]:
    """What ``{{ code }}`` prints as far as it is known, and what is wrong with it."""
    reading = ExpressionCheck(scope)
    known = reading.sort(code)
    if known is ExpressionKind.NUMBER:
        reading.faults.append(BARE_NUMBER)
    elif known is ExpressionKind.TRUTH:
        reading.faults.append("这是一个条件，不能打印，请写在 {% if … %} 里")
    elif isinstance(known, ListOf):
        reading.faults.append("这是一个列表，要用 {% for … %} 逐项写出，或用“顿号”连接")
    elif isinstance(known, ItemOf | Mapping):
        reading.faults.append(f"这是一组名称，请写到其中的一项{_suggest_member(known)}")
    return known, reading.faults


def check_test_code(code: str, scope: Mapping[str, object]) -> list[str]:
    """What is wrong with a condition."""
    reading = ExpressionCheck(scope)
    reading.condition(reading.sort(code), code)
    return reading.faults


def check_loop_code(code: str, scope: Mapping[str, object]) -> tuple[Known, list[str]]:
    """What one turn of a loop over ``code`` has, and what is wrong with it."""
    reading = ExpressionCheck(scope)
    known = reading.sort(code)
    if isinstance(known, ListOf) and known.shape:
        return ItemOf(known.shape), reading.faults
    if known is not ExpressionKind.UNKNOWN:
        reading.faults.append(f"“{code}”不是列表，不能循环")
    return ExpressionKind.UNKNOWN, reading.faults


_REFUSED: Sequence[tuple[type[nodes.Node], str]] = (
    (nodes.Pow, "模板里不能作乘方"),
    (nodes.Concat, "标签里不能连接文字，请把文字写在标签外面"),
    (nodes.Call, "标签里不能用函数，请用竖线加过滤器，如 年度 | 中文年份"),
)


_QUOTED = re.compile("\"[^\"]*\"|'[^']*'")


def _list_odd_signs(code: str) -> str:
    """The signs in an unreadable expression that none may hold, to be said at the end."""
    signs = dict.fromkeys(
        sign for sign in _QUOTED.sub("", code) if not (sign.isascii() or sign.isalnum())
    )
    return f"；“{'”“'.join(signs)}”不能用在这里" if signs else ""


def _classify_node(node: object) -> Known:
    return ListOf(node.shape) if isinstance(node, Items) else node


def _classify_shape(shape: str | Shape) -> Known:
    return ExpressionKind.LEAF if isinstance(shape, str) else ListOf(shape)


def _classify_constant(value: object) -> ExpressionKind:
    if isinstance(value, bool) or value is None:
        return ExpressionKind.TRUTH
    return ExpressionKind.LEAF if isinstance(value, str) else ExpressionKind.NUMBER


def _iter_operands(node: nodes.Compare) -> Iterator[nodes.Node]:
    yield node.expr
    yield from (operand.expr for operand in node.ops)


def _spell_path(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_spell_path(node.node)}.{node.attr}"
        case nodes.Getitem(arg=nodes.Const(value=value)):
            return f"{_spell_path(node.node)}.{value}"
    return "这里"


def _iter_paths(names: Mapping[str, object], before: str = "") -> Iterator[str]:
    for name, node in names.items():
        if isinstance(node, ItemOf):
            yield from (f"{before}{name}.{each}" for each in node.shape)
        elif isinstance(node, Mapping):
            yield from _iter_paths(node, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def _suggest_member(known: Known) -> str:
    names = known.shape if isinstance(known, ItemOf) else known
    first = next(iter(names), None) if isinstance(names, Mapping) else None
    return f"，如“.{first}”" if first else ""
