"""Parts of pages that come out the same on page after page, made once: the navigation, the search form, the icons.

A theme renders each page from dozens of included templates, most of which print the same for thousands of pages.  Here
all that an included template reads while it runs is noted, with the values it got: variables, attributes of the page,
of its front matter and of the navigation's items, addresses made relative.  When it is included again, each of these is
read again; if all have the same values, what the template printed the last time is what it would print now.  Whatever
cannot be noted in this way (an object that belongs to one page, a function that is not known) makes the part one that
is never used again.  So nothing needs to be known of the theme.

Calls of macros with plain texts, such as the theme's translations, are kept likewise where they read nothing at all.
"""

from __future__ import annotations

import contextlib
import functools
from collections import UserDict
from collections.abc import Callable, Iterator, MutableMapping
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, cast

import jinja2
from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference, Undefined
from jinja2.utils import Cycler, Joiner, Namespace, missing
from markupsafe import Markup
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from mkdocs.utils import normalize_url

MOST_VARIANTS = 24
"""Outputs kept of one template; pages differ by the depth of their folder and by what is active."""

MOST_MISSES = 16
"""Times that a template may come out anew, until it is no longer looked at unless it mostly did not."""

_PLAIN = frozenset({str, int, float, bool, Markup})
_INTERNAL = (
    LoopContext,
    Namespace,
    Cycler,
    Joiner,
    TemplateReference,
    BlockReference,
    Macro,
    Undefined,
    str,
    int,
    float,
)
"""Made by the running templates themselves from what is noted anyway."""
_SETTLED = (dict, UserDict, Theme, list, tuple)
"""Settings and literals: they do not change while pages are rendered, and which one it is was noted before."""
_FUNCTIONS = (BuiltinFunctionType, FunctionType, MethodType)
_HARMLESS = (TemplateModule, Macro, Context, jinja2.Environment, Undefined, type, type(missing), *_FUNCTIONS)
"""What a macro may hold from outside without its output depending on the page."""

_PAGE = object()
_FRONT_MATTER = object()

_VARIABLE, _OF_PAGE, _OF_FRONT_MATTER, _OF_OBJECT, _ADDRESS, _IS_PAGE, _HAS_FRONT_MATTER = range(7)

_Read = tuple[int, Any, Any, Any]
"""Kind, what was read of what, and what it was."""


class FrontMatter(dict[str, Any]):
    """A page's front matter that notices when a template does more with it than to read a value by its name."""

    observer: Observer

    def __bool__(self) -> bool:
        """Tell whether there is any, which is noted."""
        found = dict.__len__(self) > 0
        self.observer.note((_HAS_FRONT_MATTER, None, None, found))
        return found


def _watched(method: str) -> Callable[..., Any]:
    plain = getattr(dict, method)

    @functools.wraps(plain)
    def watched(self: FrontMatter, *arguments: Any) -> Any:
        self.observer.leak()
        return plain(self, *arguments)

    return watched


for _name in ("__len__", "__iter__", "__contains__", "__getitem__", "__eq__", "get", "keys", "values", "items", "copy"):
    setattr(FrontMatter, _name, _watched(_name))


class _Trace:
    """What was read since a part began."""

    __slots__ = ("contexts", "reads", "sound")

    def __init__(self) -> None:
        self.reads: dict[Any, _Read] = {}
        self.contexts: set[int] = set()
        """Of templates that began inside the part: what their macros hold was read inside it."""
        self.sound = True


class _Kept:
    """What is kept of one template."""

    __slots__ = ("hits", "misses", "variants")

    def __init__(self) -> None:
        self.variants: list[tuple[list[_Read], str]] = []
        self.hits = 0
        self.misses = 0

    @property
    def given_up(self) -> bool:
        """Whether looking costs more than it gives."""
        return self.misses > MOST_MISSES and self.hits < self.misses


class Observer:
    """Notes what templates read, and keeps what they printed."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.page: Page | None = None
        """The page that is rendered; only then is anything noted."""
        self.traces: list[_Trace] = []
        self._base_url = ""
        self._folder: str | None = None
        self._kept: dict[str, _Kept] = {}
        self._calls: dict[Any, str | None] = {}
        self._addresses: dict[tuple[str, str], str] = {}

    def begin(self, page: Page, base_url: str) -> None:
        """Begin with *page*."""
        self.page = page
        self._base_url = base_url
        parent, slash, _ = page.url.rstrip("/").rpartition("/")
        # From all pages of a folder, the way to a place outside these pages is the same.
        self._folder = parent + slash if page.url.endswith("/") else None
        front_matter = FrontMatter(page.meta)
        front_matter.observer = self
        page.meta = front_matter

    def end(self, front_matter: MutableMapping[str, Any]) -> None:
        """End with the page, which gets its own *front_matter* back."""
        if self.page is not None:
            self.page.meta = front_matter
        self.page = None
        self.traces.clear()

    # What is read

    def note(self, read: _Read) -> None:
        """Note what was read, for all parts that are running."""
        kind, of, name, _ = read
        key = (kind, id(of), name) if kind in {_OF_OBJECT, _IS_PAGE} else (kind, of)
        for trace in self.traces:
            trace.reads.setdefault(key, read)

    def leak(self) -> None:
        """Note that something was read that cannot be read again to compare it."""
        for trace in self.traces:
            trace.sound = False

    def variable(self, name: str, value: Any) -> None:
        """Note that a variable was read."""
        self.note((_VARIABLE, name, None, self._shape(value)))

    def attribute(self, of: Any, name: Any, value: Any) -> None:
        """Note that *value* was read as an attribute or item *name* of an object."""
        if of is self.page:
            self.note((_OF_PAGE, name, None, self._shape(value)))
        elif type(of) is FrontMatter:
            self.note((_OF_FRONT_MATTER, name, None, self._shape(value)))
        elif isinstance(of, TemplateModule):
            if not isinstance(value, Macro):
                self.leak()
        elif not isinstance(of, _INTERNAL) and not isinstance(of, _SETTLED):
            self.note((_OF_OBJECT, of, name, self._shape(value)))

    def compared(self, other: Any, *, same: bool) -> None:
        """Note that the page was compared with another."""
        self.note((_IS_PAGE, other, None, same))

    def given(self, arguments: tuple[Any, ...]) -> None:
        """Note that a function got these; what it reads of a page cannot be noted."""
        if any(argument is self.page or type(argument) is FrontMatter for argument in arguments):
            self.leak()

    def called(self, macro: Macro) -> bool:
        """Note that *macro* is called; tell whether it holds nothing that may differ from page to page."""
        cells = [cell.cell_contents for cell in macro._func.__closure__ or ()]
        if all(isinstance(content, _HARMLESS) for content in cells):
            return True
        contexts = {id(content) for content in cells if isinstance(content, Context)}
        for trace in self.traces:
            if not contexts & trace.contexts:
                trace.sound = False
        return False

    def _shape(self, value: Any) -> Any:
        """Return what a value is compared by."""
        kind = type(value)
        if kind in _PLAIN or value is None:
            return value
        if value is self.page:
            return _PAGE
        if kind is FrontMatter:
            return _FRONT_MATTER
        if isinstance(value, TemplateModule):
            return ("module", value.__name__)
        if kind is Macro:
            return value._func.__code__
        if isinstance(value, Undefined):
            return kind
        if kind is list and len(value) <= 16 and all(type(inner) in _PLAIN for inner in value):
            return ("list", *value)
        return value

    @contextlib.contextmanager
    def unwatched(self) -> Iterator[None]:
        """Note nothing for a while."""
        traces, self.traces = self.traces, []
        try:
            yield
        finally:
            self.traces = traces

    # What is used again

    def address(self, value: str) -> str:
        """Return an address as MkDocs' filter ``url`` gives it on this page, and note it."""
        page = self.page
        key = (self._folder or "", value)
        found = self._addresses.get(key) if self._folder is not None else None
        if found is None or page is None or value.startswith(page.url):
            found = normalize_url(value, page=page, base=self._base_url)
            if self._folder is not None and page is not None and not value.startswith(page.url):
                self._addresses[key] = found
        if self.traces:
            self.note((_ADDRESS, value, None, found))
        return found

    def part(self, name: str, context: Context, run: Callable[[Context], Iterator[str]]) -> str:
        """Return what the included template *name* prints; *run* runs it."""
        kept = self._kept.setdefault(name, _Kept())
        variant = self._same_as_before(kept, context)
        if variant is not None:
            kept.hits += 1
            for read in variant[0] if self.traces else ():
                self.note(read)
            return variant[1]
        if kept.given_up:
            return "".join(run(context))
        trace = _Trace()
        trace.contexts.add(id(context))
        printed: str = self._traced(trace, lambda: "".join(run(context)))
        if trace.sound:
            # What differs most between pages is looked at first.
            reads = sorted(trace.reads.values(), key=lambda read: read[0] in {_OF_OBJECT, _ADDRESS})
            kept.variants.insert(0, (reads, printed))
            del kept.variants[MOST_VARIANTS:]
        kept.misses += 1
        if kept.given_up:
            kept.variants.clear()
        return printed

    def call(self, macro: Macro, arguments: tuple[Any, ...], run: Callable[[], Any]) -> Any:
        """Return what *macro* gives for plain texts; *run* calls it."""
        if not self.called(macro):
            return run()
        key = (macro._func.__code__, arguments)
        if key not in self._calls:
            trace = _Trace()
            value = self._traced(trace, run)
            self._calls[key] = value if trace.sound and not trace.reads else None
            return value
        known = self._calls[key]
        return run() if known is None else known

    def _traced(self, trace: _Trace, run: Callable[[], Any]) -> Any:
        self.traces.append(trace)
        try:
            return run()
        finally:
            if self.traces:
                self.traces.pop()
            for outer in self.traces:
                outer.sound = outer.sound and trace.sound

    def _same_as_before(self, kept: _Kept, context: Context) -> tuple[list[_Read], str] | None:
        """Return what was kept and would come out now, if anything."""
        if not kept.variants:
            return None
        with self.unwatched():
            for index, variant in enumerate(kept.variants):
                if all(self._still(read, context) for read in variant[0]):
                    if index:
                        kept.variants.insert(0, kept.variants.pop(index))
                    return variant
        return None

    def _still(self, read: _Read, context: Context) -> bool:
        """Tell whether what was read is what would be read now."""
        kind, of, name, expected = read
        found: Any
        if kind == _VARIABLE:
            found = self._shape(context.resolve_or_missing(of))
        elif kind == _OF_PAGE:
            found = self._shape(context.environment.getattr(self.page, of))
        elif kind == _OF_FRONT_MATTER:
            found = self._shape(context.environment.getattr(self.page.meta, of))  # type: ignore[union-attr]
        elif kind == _OF_OBJECT:
            found = self._shape(context.environment.getattr(of, name))
        elif kind == _ADDRESS:
            found = self.address(of)
        elif kind == _IS_PAGE:
            found = Page.__eq__(cast("Page", self.page), of)
        else:
            found = dict.__len__(self.page.meta) > 0  # type: ignore[union-attr, arg-type]
        if found is expected:
            return True
        return type(found) is type(expected) and (type(found) in _PLAIN or type(found) is tuple) and found == expected


class _Module(TemplateModule):
    """A template whose macros another one uses."""

    def __init__(self, template: jinja2.Template, context: Context, body: list[str], observer: Observer) -> None:
        super().__init__(template, context, body)
        self._observer = observer

    def __html__(self) -> Markup:
        self._observer.leak()  # what it prints may be another text for each page
        return super().__html__()

    def __str__(self) -> str:
        self._observer.leak()
        return super().__str__()


class FragmentContext(Context):
    """A template's variables; those that it asks for are noted."""

    environment: FragmentEnvironment

    def resolve_or_missing(self, key: str) -> Any:
        """Return a variable."""
        value = super().resolve_or_missing(key)
        observer = self.environment.observer
        if observer.traces:
            observer.variable(key, value)
        return value

    def call(self, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call a function or macro for a template."""
        observer = self.environment.observer
        if observer.page is not None:
            if type(called) is Macro:
                if not named and all(type(argument) is str for argument in arguments):
                    return observer.call(called, arguments, lambda: Context.call(self, called, *arguments))
                observer.called(called)
            elif observer.traces and not _is_known(called):
                observer.leak()
        return Context.call(self, called, *arguments, **named)


def _is_known(called: Any) -> bool:
    """Tell whether a function that a template calls depends on nothing but its arguments, or is itself a template's."""
    if isinstance(called, (BlockReference, LoopContext)):
        return True
    if any(called is function for function in (range, dict, Namespace, Cycler, Joiner)):
        return True
    owner = getattr(called, "__self__", None)
    return type(owner) in _PLAIN or (isinstance(owner, _SETTLED) and type(owner) is not FrontMatter)


class FragmentTemplate(jinja2.Template):
    """A template that is not run where its output is known."""

    environment: FragmentEnvironment

    @classmethod
    def _from_namespace(cls, environment: Any, namespace: Any, globals: Any) -> FragmentTemplate:  # noqa: A002
        template = super()._from_namespace(environment, namespace, globals)
        observer: Observer = environment.observer
        run = template.root_render_func
        name = template.name or ""

        def root_render_func(context: Context) -> Iterator[str]:
            # A template that another one extends runs in that one's context, with that one's blocks.
            if observer.page is None or context.name != name:
                yield from run(context)
            else:
                yield observer.part(name, context, run)

        template.plain_root = run  # type: ignore[attr-defined]
        template.root_render_func = root_render_func
        return cast("FragmentTemplate", template)

    def make_module(self, vars: Any = None, shared: bool = False, locals: Any = None) -> TemplateModule:  # noqa: A002
        """Run the template for its macros: they belong to this time, and what they hold is read now."""
        context = self.new_context(vars, shared, locals)
        observer = self.environment.observer
        for trace in observer.traces:
            trace.contexts.add(id(context))
        body = list(self.plain_root(context))  # type: ignore[attr-defined]
        if vars is None:
            return TemplateModule(self, context, body)
        return _Module(self, context, body, observer)


class FragmentEnvironment(jinja2.Environment):
    """An environment whose templates' parts are made once."""

    context_class = FragmentContext
    template_class = FragmentTemplate

    def __init__(self, **settings: Any) -> None:
        """Take Jinja's own settings."""
        self.observer = Observer()
        super().__init__(**settings)
        for functions in (self.filters, self.tests):
            for name, function in functions.items():
                cast("dict[str, Any]", functions)[name] = self._watched(cast("Callable[..., Any]", function))
        self.filters["attr"] = jinja2.pass_environment(lambda environment, of, name: environment.getattr(of, str(name)))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read an attribute for a template."""
        observer = self.observer
        if type(obj) is FrontMatter and not hasattr(dict, attribute):
            value = dict.get(obj, attribute, missing)
            if value is missing:
                value = self.undefined(obj=obj, name=attribute)
        elif obj is observer.page:
            with observer.unwatched():  # what the page itself looks up is part of the value
                value = super().getattr(obj, attribute)
        else:
            value = super().getattr(obj, attribute)
        if observer.traces:
            observer.attribute(obj, attribute, value)
        return value

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Read an item for a template."""
        if type(obj) is FrontMatter and isinstance(argument, str):
            return self.getattr(obj, argument)
        value = super().getitem(obj, argument)
        if self.observer.traces and not isinstance(obj, _SETTLED) and not isinstance(obj, _INTERNAL):
            self.observer.leak()
        return value

    def _watched(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter or test that notices when it is given a page."""
        observer = self.observer

        @functools.wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            if observer.traces:
                observer.given((*arguments, *named.values()))
            return function(*arguments, **named)

        return watched
