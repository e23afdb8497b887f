"""Runs a submission, one step at a time, on request.

The same file serves CPython under bubblewrap, Pyodide in Node and Pyodide in a browser. It shares its process with the
learner's code, so nothing here is a boundary: whatever is sent back is a value that the grader compares, and whatever
can be read here is an input that the learner's code was given anyway. Expected values never come here.
"""

import binascii
import builtins
import importlib.abc
import importlib.util
import io
import json
import sys
import time

MAX_DEPTH = 100
MAX_NODES = 2_000_000
MAX_BITS = 16_000
SAFE_INT = 2**53

_dumps = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode
_loads = json.JSONDecoder().decode
_now = time.monotonic


class Opaque(Exception):
    """A value cannot cross as a whole."""


def encode(value):
    """The value as JSON text. Reads builtins by their own methods, so a subclass cannot lie about what it holds."""
    left = [MAX_NODES]
    try:
        return _dumps(_encode(value, 0, left))
    except Opaque as problem:
        return _dumps({"$": "object", "type": str(problem)})


def _encode(value, depth, left):
    left[0] -= 1
    if depth > MAX_DEPTH:
        raise Opaque("nested too deep or in a circle")
    if left[0] < 0:
        raise Opaque("too large")
    if value is None or value is True or value is False:
        return value
    if isinstance_(value, str):
        return str.__str__(value)
    if isinstance_(value, int):
        return _encode_int(int.__add__(value, 0))
    if isinstance_(value, float):
        return _encode_float(float.__add__(value, 0.0))
    if isinstance_(value, (list, tuple, set, frozenset)):
        return _encode_items(value, depth, left)
    if isinstance_(value, dict):
        return _encode_dict(value, depth, left)
    if isinstance_(value, (bytes, bytearray)):
        kind = bytes if isinstance_(value, bytes) else bytearray
        raw = bytes(kind.__getitem__(value, slice(None)))
        return {"$": "bytes", "base64": binascii.b2a_base64(raw, newline=False).decode()}
    return {"$": "object", "type": _type_name(value)}


def isinstance_(value, kinds):
    """By the type itself: `__class__` may be a lie."""
    return issubclass(type(value), kinds)


def _type_name(value):
    try:
        return str.__str__(type.__dict__["__name__"].__get__(type(value)))[:80]
    except BaseException:
        return "unknown"


def _encode_int(value):
    if -SAFE_INT < value < SAFE_INT:
        return value
    if value.bit_length() > MAX_BITS:
        raise Opaque("an integer of more than %d bits" % MAX_BITS)
    return {"$": "int", "value": "%d" % value}


def _encode_float(value):
    if value != value:
        return {"$": "nan"}
    if value in (float("inf"), float("-inf")):
        return {"$": "inf" if value > 0 else "-inf"}
    return value


def _encode_items(value, depth, left):
    for kind in (list, tuple, set, frozenset):
        if isinstance_(value, kind):
            items = [_encode(item, depth + 1, left) for item in kind.__iter__(value)]
            if kind is list:
                return items
            return {"$": "tuple" if kind is tuple else "set", "items": items}


def _encode_dict(value, depth, left):
    pairs = [(key, _encode(item, depth + 1, left)) for key, item in dict.items(value)]
    if all(type(key) is str and key != "$" for key, _ in pairs):
        return dict(pairs)
    return {"$": "map", "entries": [[_encode(key, depth + 1, left), item] for key, item in pairs]}


def decode(value, kept):
    """From JSON with tags to Python's values; references become what earlier steps kept."""
    if type(value) is list:
        return [decode(item, kept) for item in value]
    if type(value) is not dict:
        return value
    tag = value.get("$")
    if type(tag) is not str:
        return {key: decode(item, kept) for key, item in value.items()}
    if tag == "ref":
        return kept[value["name"]]
    if tag in ("nan", "inf", "-inf"):
        return float(tag)
    if tag == "int":
        return int(value["value"])
    if tag == "float":
        return float(value["value"])
    if tag == "bytes":
        return binascii.a2b_base64(value["base64"])
    if tag == "tuple":
        return tuple(decode(item, kept) for item in value["items"])
    if tag == "set":
        return {decode(item, kept) for item in value["items"]}
    if tag == "map":
        return {decode(key, kept): decode(item, kept) for key, item in value["entries"]}
    raise ValueError("unknown tag " + tag)


class Printed(io.TextIOBase):
    """What the submission prints, up to a limit; sent on now and then, so that a loop without end shows its prints."""

    def __init__(self, send):
        self._send = send
        self._left = 0
        self._held = []
        self._sent = 0.0

    def allow(self, chars):
        self._left = chars

    def writable(self):
        return True

    def write(self, text):
        if type(text) is not str:
            raise TypeError("write() argument must be str")
        if self._left >= 0:
            self._held.append(text[: self._left + 1])
            self._left -= len(text)
            if _now() - self._sent > 0.05:
                self.pass_on()
        return len(text)

    def pass_on(self):
        if self._held:
            self._send("".join(self._held))
            self._held = []
            self._sent = _now()


class Sources(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the submission's own files from memory, before anything else of the same name."""

    def __init__(self, files):
        self.files = files
        self.loaded = set()

    def find_spec(self, name, path=None, target=None):
        base = name.replace(".", "/")
        for file, is_package in ((base + ".py", False), (base + "/__init__.py", True)):
            if file in self.files:
                return importlib.util.spec_from_loader(name, self, origin=file, is_package=is_package)
        if any(file.startswith(base + "/") and file.endswith(".py") for file in self.files):
            return importlib.util.spec_from_loader(name, self, origin="", is_package=True)
        return None

    def create_module(self, spec):
        self.loaded.add(spec.name)
        return None

    def exec_module(self, module):
        file = module.__spec__.origin
        if file:
            module.__file__ = file
            exec(compile(self.files[file], file, "exec", dont_inherit=True), module.__dict__)

    def forget(self):
        for name in self.loaded:
            sys.modules.pop(name, None)
        self.loaded = set()


class Runner:
    """One submission. `handle` takes a request as JSON text, `answer` one that is read; both return JSON text."""

    def __init__(self, send_output):
        self._printed = Printed(send_output)
        self._sources = Sources({})
        self._entry = ""
        self._module = None
        self._kept = {}

    def handle(self, text):
        return self.answer(_loads(text))

    def answer(self, request):
        reply = {"id": request["id"]}
        try:
            reply["value"] = self._do(request)
        except BaseException as error:
            reply["raised"] = describe(error, self._sources.files)
        try:
            self._printed.pass_on()
            return _dumps(reply)
        except BaseException:
            return _dumps({"id": request["id"], "value": '{"$":"object","type":"unreadable"}'})

    def _do(self, request):
        op = request["op"]
        if op == "open":
            self._sources.files = request["files"]
            self._entry = request["entry"]
            self._printed.allow(request["outputChars"])
            return "null"
        if op == "begin":
            self._begin()
            return "null"
        return encode(self._step(request["step"]))

    def _begin(self):
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = self._printed
        sys.stdin = sys.__stdin__ = io.StringIO("")
        self._sources.forget()
        if self._sources not in sys.meta_path:
            sys.meta_path.insert(0, self._sources)
        self._kept = {}
        name = self._entry.removesuffix(".py").replace("/", ".").replace("-", "_")
        spec = importlib.util.spec_from_loader(name, self._sources, origin=self._entry)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        self._sources.exec_module(module)
        self._module = module

    def _step(self, step):
        do, name = step["do"], step["name"]
        if do in ("new", "call"):
            if name not in vars(self._module):
                raise NotDefined("%s does not define %s" % (self._entry, name))
            value = vars(self._module)[name](*[decode(arg, self._kept) for arg in step["args"]])
        else:
            held = getattr(self._kept[step["on"]], name)
            value = held if do == "get" else held(*[decode(arg, self._kept) for arg in step["args"]])
        if step.get("as") is not None:
            self._kept[step["as"]] = value
        return None if do == "new" else value


class NotDefined(Exception):
    pass


def describe(error, files):
    """Class names from special to general, message, and the last place in the submission that it passed."""
    names, message, where = ["Exception"], "", ""
    try:
        names = [str(kind.__name__)[:80] for kind in type(error).__mro__ if kind is not object][:20]
        message = str(str(error))[:2000]
        where = _where(error, files)
    except BaseException:
        pass
    return {"names": names, "message": message, "where": where}


def _where(error, files):
    if type(error).__module__ == "builtins" and isinstance_(error, SyntaxError) and error.filename in files:
        return "%s line %s" % (error.filename, error.lineno)
    where, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file in files:
            where = "%s line %d" % (file, trace.tb_lineno)
        trace = trace.tb_next
    return where
