"""One pass over an XML file in constant memory: where its elements stand in the bytes, and the texts of a few paths.

Documents may hold embedded attachments of tens of megabytes. expat reports positions in the file, so that a part of it
can be copied byte by byte instead of being parsed into a tree and written anew.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

CHUNK = 1 << 16
#: Of a text that is asked for, no more than this is kept (characters).
LONGEST_TEXT = 2048
DEEPEST = 200


class XmlError(ValueError):
    """The file is not XML that this service accepts; the text says why."""


@dataclass
class Element:
    """The first element at a path that was asked for. ``start`` and ``end`` are byte offsets, the tags included."""

    namespace: str
    name: str
    prefix: str
    start: int
    end: int = -1
    text: str = ""
    attributes: dict = field(default_factory=dict)
    #: declarations of enclosing elements that names within this element use: {prefix: namespace}
    inherited: dict = field(default_factory=dict)
    outer: dict = field(default_factory=dict, repr=False)


def scan(file, paths, encodings=("utf-8", "us-ascii")):
    """Read all of ``file`` (binary, seekable); return ({key: Element}, encoding).

    ``paths`` maps a key to the local names from the root on; ``"*"`` stands for any name, ``"!x"`` for any but x.
    Attributes are keyed by expat's triplets (“namespace local prefix”), those without a namespace by their name.

    >>> import io
    >>> found, encoding = scan(io.BytesIO(b'<a xmlns:p="u"><b>x</b><p:c/></a>'), {"b": ("a", "b"), "c": ("a", "c")})
    >>> found["b"].text, found["c"].namespace, found["c"].inherited, found["c"].start, found["c"].end
    ('x', 'u', {'p': 'u'}, 23, 29)
    """
    return _Scan(paths, encodings).read(file)


class _Scan:
    """One pass. Most elements lie off the paths that are asked for: those are only counted (``skip``)."""

    def __init__(self, paths, encodings):
        self.encodings = encodings
        self.encoding = "utf-8"
        self.found = {}
        self.level = 0  # how many elements are open
        self.branches = [list(paths.items())]  # per open element, as long as there are any: the paths that lead through
        self.scopes = [(0, {})]  # (level of the element that declares, declarations in scope there)
        self.declared = {}
        self.open = []  # [(level, Element)] of the wanted elements that are open, outermost first
        self.tracked = []  # those of them that might inherit declarations
        self.hears = 0  # the level of the innermost of them
        parser = self.parser = expat.ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.buffer_text = True
        self.handle(self.start, self.end)
        parser.StartNamespaceDeclHandler = self.declare
        parser.StartDoctypeDeclHandler = self.doctype
        parser.XmlDeclHandler = self.declaration

    def read(self, file):
        file.seek(0)
        try:
            while chunk := file.read(CHUNK):
                self.parser.Parse(chunk, False)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise XmlError(f"Not well-formed XML: {error}.") from None
        for element in self.found.values():
            element.end = _end(file, element)
        return self.found, self.encoding

    def doctype(self, *_):
        raise XmlError("A document type declaration (DTD) is not accepted.")

    def declaration(self, _version, encoding, _standalone):
        self.encoding = (encoding or "utf-8").lower()
        if self.encoding not in self.encodings:
            raise XmlError(f"The encoding {encoding} is not accepted; use UTF-8.")

    def declare(self, prefix, uri):
        self.declared[prefix or ""] = uri or ""

    def start(self, name, attributes):
        level = self.level = self.level + 1
        if level == len(self.branches):
            self.look(name, attributes)
        elif level > DEEPEST:
            raise XmlError(f"Elements are nested more than {DEEPEST} deep.")
        if self.hears == level - 1:
            self.parser.CharacterDataHandler = None
        if self.tracked:
            self.track(name, attributes)
        if self.declared:
            self.scopes.append((level, {**self.scopes[-1][1], **self.declared}))
            self.declared = {}
        if level >= len(self.branches) and level > self.hears and not self.tracked:
            self.skip(DEEPEST - level)

    def skip(self, deepest):
        """Count the elements within the present one, until it ends."""
        depth = 0

        def start(_name, _attributes):
            nonlocal depth
            depth += 1
            if depth > deepest:
                raise XmlError(f"Elements are nested more than {DEEPEST} deep.")

        def end(name):
            nonlocal depth
            if depth:
                depth -= 1
                return
            self.declared = {}
            self.handle(self.start, self.end)
            self.end(name)

        self.handle(start, end)

    def handle(self, start, end):
        self.parser.StartElementHandler = start
        self.parser.EndElementHandler = end

    def look(self, name, attributes):
        """Keep the element if it is the first at a path that was asked for."""
        uri, local, prefix = _split(name)
        level = self.level
        leading = [(key, path) for key, path in self.branches[-1] if _fits(path[level - 1], local)]
        if through := [(key, path) for key, path in leading if len(path) > level]:
            self.branches.append(through)
        for key, path in leading:
            if len(path) == level and key not in self.found:
                outer = {p: u for p, u in self.scopes[-1][1].items() if p not in self.declared}
                element = Element(uri, local, prefix, self.parser.CurrentByteIndex, -1, "", attributes, {}, outer)
                self.found[key] = element
                self.open.append((level, element))
                self.opened(level)

    def track(self, name, attributes):
        """Note which declarations of enclosing elements the names of an element use."""
        names = [_split(name)]
        names += [(uri, local, prefix) for uri, local, prefix in map(_split, attributes) if uri]
        for element in self.tracked:
            for uri, _local, prefix in names:
                if uri and element.outer.get(prefix) == uri:
                    element.inherited[prefix] = uri

    def end(self, _name):
        level = self.level
        if self.hears == level:
            while self.open and self.open[-1][0] == level:
                self.open.pop()[1].end = self.parser.CurrentByteIndex
            self.opened(level - 1)
        elif self.hears == level - 1:
            self.listen(level - 1)
        if self.scopes[-1][0] == level:
            self.scopes.pop()
        if len(self.branches) > level:
            self.branches.pop()
        self.level = level - 1

    def opened(self, level):
        """A wanted element was opened, or closed; ``level`` is that of the innermost open element now."""
        self.tracked = [one for _, one in self.open if one.outer]
        self.hears = self.open[-1][0] if self.open else 0
        self.listen(level)

    def listen(self, level):
        """Take texts only where they are wanted: a call for each piece of a large attachment takes long."""
        self.parser.CharacterDataHandler = self.text if self.hears == level > 1 else None

    def text(self, text):
        element = self.open[-1][1]
        if len(element.text) < LONGEST_TEXT:
            element.text += text[: LONGEST_TEXT - len(element.text)]


def _split(name):
    """(namespace, local name, prefix) of one of expat's names.

    >>> _split("urn:x a p"), _split("urn:x a"), _split("a")
    (('urn:x', 'a', 'p'), ('urn:x', 'a', ''), ('', 'a', ''))
    """
    parts = name.split(" ")
    if len(parts) == 1:
        return "", name, ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""


def _fits(wanted, name):
    return wanted in ("*", name) or (wanted[0] == "!" and wanted[1:] != name)


def _end(file, element):
    """The offset behind an element. expat reports where the closing tag starts, and of <x/> where it ends."""
    opened = _behind_tag(file, element.start)
    file.seek(opened - 2)
    return opened if file.read(2) == b"/>" else _behind_tag(file, element.end)


#: A tag; quoted values may hold “>”. Each byte fits one place of the pattern only, so that it takes linear time.
_TAG = re.compile(rb"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")


def _behind_tag(file, position):
    """The offset behind the tag that starts at ``position`` (a closing tag, or an empty element's own)."""
    size = 256
    while True:
        file.seek(position)
        chunk = file.read(size)
        if match := _TAG.match(chunk):
            return position + match.end()
        if len(chunk) < size:
            raise XmlError("The document ends within a tag.")
        size *= 8
