import type { Attack } from './attack.ts';

/** Wrong answers with the right names, for attacks that do their work elsewhere. */
const WRONG = `
def totals(parcels): return {}
def route(roads, start, goal): return None
class Depot:
    def __init__(self, capacity): pass
    def receive(self, name, count): pass
    def ship(self, name, count): pass
    def stock(self): return {}
`;

/** Answers every call with what `probe()` returns, so that it is printed and compared. */
const PROBED = `
def totals(parcels):
    found = probe()
    print(found)
    return found
route = lambda *args: probe()
class Depot:
    def __init__(self, capacity): pass
    def receive(self, *args): pass
    def stock(self): return probe()
    ship = receive
`;

/** Finds the number of the question that is being answered, and writes lines of its own to the grader. */
const BY_HAND = `
import os, sys
def request_id():
    frame = sys._getframe()
    while frame:
        request = frame.f_locals.get("request")
        if isinstance(request, dict) and "id" in request: return request["id"]
        frame = frame.f_back
def send(line):
    data = (line + "\\n").encode()
    for number in (4, 1):
        try:
            while data: data = data[os.write(number, data):]
            break
        except OSError: pass
`;

export const PYTHON_ATTACKS: readonly Attack[] = [
  {
    name: 'a loop without end',
    mustNot: 'run on, or hold up the next',
    code: 'while True: pass',
    ends: ['timeout'],
  },
  {
    name: 'a loop that swallows every exception',
    mustNot: 'survive the limit',
    code: 'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
    ends: ['timeout'],
  },
  {
    name: 'sleep for ever',
    mustNot: 'outlast the wall clock by using no processor',
    code: 'import time\nwhile True: time.sleep(1000)',
    ends: ['timeout'],
  },
  {
    name: 'a list without end',
    mustNot: 'take the memory of the machine',
    code: 'held = []\nwhile True: held.append("x" * 1_000_000)',
    ends: ['error'],
  },
  {
    name: 'one huge allocation',
    mustNot: 'take the memory of the machine',
    code: 'held = bytearray(8 * 1024 ** 3)',
    ends: ['error'],
  },
  {
    name: 'memory in files',
    mustNot: 'fill memory through the file system',
    code: 'import os\nfor at in range(10_000):\n    with open("/tmp/%d" % at, "wb") as file: file.write(b"x" * 10_000_000)',
    ends: ['error'],
  },
  {
    name: 'memory in anonymous files',
    mustNot: 'fill memory where no limit counts it',
    code: 'import os\nheld = []\nwhile True:\n    file = os.memfd_create("x")\n    held.append(file)\n    os.ftruncate(file, 1 << 30)\n    os.write(file, b"x" * 50_000_000)',
    ends: ['error'],
  },
  {
    name: 'an integer of billions of digits',
    mustNot: 'outlast the limits in C',
    code: `${WRONG}\ndef totals(parcels): return 9 ** 9 ** 9`,
    ends: ['error', 'timeout'],
  },
  {
    name: 'a fork bomb',
    mustNot: 'leave a process',
    code: `import os\n${WRONG}\nwhile True:\n    try: os.fork()\n    except OSError: break`,
  },
  {
    name: 'children and detached children',
    mustNot: 'leave a process',
    code: `import subprocess, os\n${WRONG}\ntry: subprocess.Popen(["/usr/bin/python3", "-c", "import time; time.sleep(600)"], start_new_session=True)\nexcept OSError: pass\ntry:\n    if os.fork() == 0:\n        os.setsid()\n        while True: pass\nexcept OSError: pass`,
  },
  {
    name: 'a thousand threads',
    mustNot: 'compute beyond the limit',
    code: `import threading\n${WRONG}\ndef burn():\n    while True: pass\nfor _ in range(1000):\n    try: threading.Thread(target=burn, daemon=True).start()\n    except RuntimeError: break`,
  },
  {
    name: 'a flood of prints',
    mustNot: 'fill the result',
    code: `${WRONG}\nwhile True: print("x" * 10_000)`,
    ends: ['timeout'],
  },
  {
    name: 'a flood on every descriptor',
    mustNot: 'fill the grader',
    code: `import os\n${WRONG}\ndata = b"x" * 65536\nwhile True:\n    for number in range(0, 16):\n        try: os.write(number, data)\n        except OSError: pass`,
    ends: ['error', 'timeout'],
  },
  {
    name: 'secrets of the machine',
    mustNot: 'read a file, the environment or the memory outside',
    code: `import os\ndef probe():\n    found = [dict(os.environ)]\n    for path in ["@CANARY_FILE@", "@TESTS@/hidden.yaml", "/etc/passwd", "/etc/shadow", "/proc/self/environ", "/proc/1/environ", "/proc/@PARENT@/environ", "/proc/self/mem", "/sys/kernel/notes", "/root/.ssh/id_rsa"]:\n        try: found.append(open(path, "rb").read(20_000))\n        except OSError as error: found.append(str(error.errno))\n    return found\n${PROBED}`,
  },
  {
    name: 'a walk through the file system for tests',
    mustNot: 'find the hidden tests',
    code: `import os\ndef probe():\n    found = []\n    for root, folders, files in os.walk("/"):\n        found += [os.path.join(root, name) for name in files if "hidden" in name or name.endswith(".yaml")][:50]\n    return found[:200]\n${PROBED}`,
  },
  {
    name: 'writing outside',
    mustNot: 'change a file',
    code: `import os\n${WRONG}\nfor path in ["@CANARY_FILE@", "@TESTS@/visible.yaml", "/usr/lib/x", "/etc/x", "/x", "../../x"]:\n    try: open(path, "w").write("changed")\n    except OSError: pass\n    try: os.remove(path)\n    except OSError: pass`,
  },
  {
    name: 'the network',
    mustNot: 'reach a server on this machine',
    code: `import socket\n${WRONG}\nfor kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):\n    for host in ("127.0.0.1", "::1", "localhost"):\n        try:\n            door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind)\n            door.settimeout(0.2)\n            door.connect((host, @PORT@))\n            door.send(b"out")\n        except Exception: pass`,
  },
  {
    name: 'a server of its own, and sockets of the system',
    mustNot: 'listen, or speak to the daemons of the machine',
    code: `import socket\n${WRONG}\ntry:\n    door = socket.socket()\n    door.bind(("0.0.0.0", 0))\n    door.listen()\nexcept Exception: pass\nfor path in ("/run/docker.sock", "/var/run/dbus/system_bus_socket", "\\0/tmp/.X11-unix/X0"):\n    try: socket.socket(socket.AF_UNIX).connect(path)\n    except Exception: pass`,
  },
  {
    name: 'signals to everybody',
    mustNot: 'end the grader or a neighbour',
    code: `import os, signal\n${WRONG}\nfor number in (@PARENT@, os.getppid(), 1, 2, 3, -1, 0):\n    for what in (signal.SIGTERM, signal.SIGKILL):\n        try: os.kill(number, what)\n        except Exception: pass`,
  },
  {
    name: 'signals to itself',
    mustNot: 'confuse the harness',
    code: `import signal\n${WRONG}\nfor number in range(1, 32):\n    try: signal.signal(number, lambda *args: None)\n    except Exception: pass\ntry:\n    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)\nexcept Exception: pass`,
  },
  {
    name: 'forged results on every descriptor',
    mustNot: 'be believed',
    code: `import os, json\n${WRONG}\nlines = "".join(json.dumps({"id": at, "value": "true", "passed": True, "status": "passed"}) + "\\n" for at in range(100))\nfor number in range(0, 16):\n    try: os.write(number, lines.encode())\n    except OSError: pass`,
  },
  {
    name: 'replies sent ahead of the harness',
    mustNot: 'pass a test with an answer that is not right',
    code: `import os, json\n${WRONG}\ndef totals(parcels):\n    for number in range(3, 8):\n        for at in range(40):\n            try: os.write(number, (json.dumps({"id": at, "value": json.dumps({"Bern": 3})}) + "\\n").encode())\n            except OSError: pass\n    return {}`,
  },
  {
    name: 'the harness, read and replaced',
    mustNot: 'hold an expected value',
    code: `import gc, sys, inspect\ndef probe():\n    found = []\n    frame = sys._getframe()\n    while frame:\n        found.append([repr(value)[:500] for value in frame.f_locals.values()])\n        frame = frame.f_back\n    found.append([repr(thing)[:200] for thing in gc.get_objects() if isinstance(thing, (dict, str)) and "expect" in repr(thing)[:2000]][:50])\n    return found\n${PROBED}\nmain = sys.modules.get("__main__")\nfor thing in gc.get_objects():\n    if type(thing).__name__ == "Runner":\n        thing.handle = lambda text: '{"id": 1, "value": "true"}'\n        thing._step = lambda step: True`,
  },
  {
    name: 'patched json',
    mustNot: 'turn a wrong answer into a right one',
    code: `import json, json.encoder\n${WRONG}\njson.dumps = lambda *args, **more: '{"Bern": 3}'\njson.JSONEncoder.encode = json.dumps\njson.JSONEncoder.iterencode = json.dumps\njson.encoder.c_make_encoder = None`,
  },
  {
    name: 'patched builtins',
    mustNot: 'reach the comparison',
    code: `import builtins\n${WRONG}\nfor name in ("isinstance", "issubclass", "type", "all", "any", "len", "print", "repr", "str", "int", "dict", "list", "getattr"):\n    setattr(builtins, name, lambda *args, **more: True)`,
  },
  {
    name: 'leaving by every exit',
    mustNot: 'count as passed',
    code: `import os, sys\nsys.exit = lambda *args: None\nos._exit(0)`,
    ends: ['error'],
  },
  {
    name: 'a quiet exit in the middle of a test',
    mustNot: 'count as passed',
    code: `import sys\n${WRONG}\ndef totals(parcels): sys.exit(0)\ndef route(*args): raise KeyboardInterrupt`,
  },
  {
    name: 'work left for the end',
    mustNot: 'write a verdict when the process ends',
    code: `import atexit, os, weakref, sys\n${WRONG}\nclass Last:\n    def __del__(self):\n        for number in range(1, 10):\n            try: os.write(number, b'{"status": "passed"}\\n')\n            except OSError: pass\natexit.register(Last().__del__)\nkeep = Last()\nsys.modules["keep"] = keep`,
  },
  {
    name: 'closing every descriptor',
    mustNot: 'hang the grader',
    code: `import os\n${WRONG}\nfor number in range(0, 64):\n    try: os.close(number)\n    except OSError: pass`,
  },
  {
    name: 'eating the requests',
    mustNot: 'hang the grader',
    code: `import os\n${WRONG}\ndef totals(parcels):\n    while True:\n        try: os.read(3, 1 << 20)\n        except OSError: return {}`,
  },
  {
    name: 'equal to everything',
    mustNot: 'be compared by its own word',
    code: `class Any:\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\n    def __hash__(self): return 0\n    __class__ = dict\n    def keys(self): return ["Bern", "Basel"]\n    def __getitem__(self, key): return Any()\ntotals = lambda parcels: Any()\nroute = lambda *args: Any()\nclass Depot:\n    def __init__(self, capacity): pass\n    def receive(self, *args): raise type("ValueError", (Exception,), {"__eq__": lambda a, b: True})() if False else Any()\n    ship = receive\n    def stock(self): return Any()`,
    ends: ['error', 'failed'],
  },
  {
    name: 'subclasses that lie about what they hold',
    mustNot: 'be anything but what they hold',
    code: `class Number(float):\n    def __eq__(self, other): return True\n    def __float__(self): return 3.0\n    def __repr__(self): return "3"\n    def __add__(self, other): return 3.0\nclass Pairs(dict):\n    def items(self): return [("Bern", 3), ("Basel", 3.5)]\n    def keys(self): return ["Bern", "Basel"]\n    def __iter__(self): return iter(self.keys())\n    def __getitem__(self, key): return 3\nclass Items(list):\n    def __iter__(self): return iter(["Bern", "Zurzach", "Basel"])\n    def __len__(self): return 3\ntotals = lambda parcels: Pairs(Bern=Number(0))\nroute = lambda *args: {"towns": Items(), "km": Number(0)}\nclass Depot:\n    def __init__(self, capacity): pass\n    def receive(self, *args): pass\n    ship = receive\n    def stock(self): return Pairs()`,
    ends: ['failed'],
  },
  {
    name: 'values in circles and abysses',
    mustNot: 'break the encoder or the grader',
    code: `def deep():\n    value = []\n    for _ in range(100_000): value = [value]\n    return value\ncircle = []\ncircle.append(circle)\nbig = ["x"] * 10\nfor _ in range(30): big = [big, big]\ntotals = lambda parcels: circle\nroute = lambda *args: deep()\nclass Depot:\n    def __init__(self, capacity): pass\n    def receive(self, *args): return big\n    ship = receive\n    def stock(self): return {(1, 2): lambda: 0, "x": object(), "y": (item for item in [1])}`,
  },
  {
    name: 'recursion without end',
    mustNot: 'take the process of another with it',
    code: `import sys\n${WRONG}\nsys.setrecursionlimit(10**8)\ndef totals(parcels):\n    return totals(parcels)\nclass Deep:\n    def __repr__(self): return repr(self)\nroute = lambda *args: repr(Deep())`,
    ends: ['error', 'failed', 'timeout'],
  },
  {
    name: 'a regular expression that explodes',
    mustNot: 'outlast the limit in C',
    code: `import re\n${WRONG}\ndef totals(parcels): return re.match("(a+)+$", "a" * 60 + "b")`,
    ends: ['timeout'],
  },
  {
    name: 'C by hand',
    mustNot: 'call into the system',
    code: `${WRONG}\nimport ctypes\nlibc = ctypes.CDLL(None)\nlibc.system(b"touch /tmp/x; kill -9 -1")\nctypes.string_at(0)`,
  },
  {
    name: 'the bridge to JavaScript',
    mustNot: 'reach Node',
    code: `import sys, gc\n${WRONG}\ndef tries():\n    yield lambda: __import__("js").process.kill(@PARENT@, 9)\n    yield lambda: __import__("pyodide_js")._module\n    yield lambda: __import__("pyodide").code.run_js("process.kill(@PARENT@, 9)")\n    yield lambda: __import__("_pyodide_core").JsProxy\n    yield lambda: __import__("_imp").create_builtin(__import__("importlib").machinery.ModuleSpec("_pyodide_core", None))\n    for thing in gc.get_objects():\n        if "JsProxy" in type(thing).__mro__.__repr__():\n            yield lambda thing=thing: thing.constructor.constructor("return process.kill(@PARENT@, 9)")()\n            yield lambda thing=thing: thing.constructor("return this")().process.kill(@PARENT@, 9)\n            yield lambda thing=thing: print(thing.constructor.constructor("return process.env")())\nfor act in tries():\n    try: print(act())\n    except BaseException as error: print(type(error).__name__)`,
  },
  {
    name: 'namespaces and mounts of its own',
    mustNot: 'become root in a world of its own',
    code: `import os, ctypes\n${WRONG}\nfor flag in (0x10000000, 0x00020000, 0x40000000):\n    try: os.unshare(flag)\n    except (OSError, AttributeError): pass\ntry:\n    libc = ctypes.CDLL(None)\n    libc.mount(b"none", b"/tmp", b"tmpfs", 0, None)\n    libc.chroot(b"/tmp")\n    libc.ptrace(16, @PARENT@, 0, 0)\nexcept BaseException: pass\ntry: os.setuid(0)\nexcept OSError: pass`,
  },
  {
    name: 'limits raised again',
    mustNot: 'be possible',
    code: `${WRONG}\ntry:\n    import resource\n    for kind in range(16):\n        try: resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n        except (ValueError, OSError): pass\nexcept ImportError: pass\nheld = []\nwhile True: held.append(bytearray(10_000_000))`,
    ends: ['error'],
  },
  {
    name: 'a reply of ten million lists, written by hand',
    mustNot: 'cost the grader its memory, or others their turn',
    code: `${BY_HAND}${WRONG}\ndef totals(parcels):\n    send('{"id":"%s","value":"[%s[]]"}' % (request_id(), "[]," * 9_000_000))\n    return {}\ndef route(*args):\n    send('{"id":"%s","x":[%s{}],"value":"1"}' % (request_id(), "{}," * 9_000_000))`,
  },
  {
    name: 'prints without end, written by hand',
    mustNot: 'keep the grader busy',
    code: `${BY_HAND}${WRONG}\nline = '{"out":"' + "x" * 200_000 + '"}'\ndef totals(parcels):\n    while True: send(line)`,
  },
  {
    name: 'fields that every object has, written by hand',
    mustNot: 'change an object of the grader',
    code: `${BY_HAND}${WRONG}\ndef totals(parcels):\n    send('{"id":"%s","value":"{\\\\"__proto__\\\\":{\\\\"Bern\\\\":3,\\\\"Basel\\\\":3.5},\\\\"constructor\\\\":{\\\\"prototype\\\\":{\\\\"x\\\\":1}}}"}' % request_id())\n    return {}`,
    ends: ['failed'],
  },
  {
    name: 'tracing and auditing the harness',
    mustNot: 'turn a wrong answer into a right one',
    code: `import sys\n${WRONG}\ndef trace(frame, event, arg):\n    if "reply" in frame.f_locals: frame.f_locals["reply"]["value"] = 'true'\n    return trace\nsys.settrace(trace)\nsys.addaudithook(lambda *args: None)`,
  },
  {
    name: 'an alarm in the middle of the harness',
    mustNot: 'count as passed',
    code: `import signal\n${WRONG}\ntry:\n    signal.signal(signal.SIGALRM, lambda *args: (_ for _ in ()).throw(SystemExit(0)))\n    signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)\nexcept Exception: pass`,
  },
  {
    name: 'classes that lie about classes',
    mustNot: 'break the description of what was raised',
    code: `class Liar(type):\n    def __subclasscheck__(cls, other): return True\n    def __instancecheck__(cls, other): return True\n    __name__ = property(lambda self: 1 / 0)\n    __mro__ = property(lambda self: 1 / 0)\nclass Thing(metaclass=Liar):\n    def __getattribute__(self, name): raise SystemExit(0)\ndef totals(parcels): return Thing()\ndef route(*args): raise type("E", (Exception,), {"__str__": lambda self: (_ for _ in ()).throw(SystemExit), "__module__": 5})()\nclass Depot:\n    def __init__(self, capacity): pass\n    def __getattr__(self, name): return lambda *args: Thing()`,
  },
  {
    name: 'code that no compiler wrote',
    mustNot: 'take more with it than its own process',
    code: `${WRONG}\nimport types\ndef totals(parcels):\n    code = (lambda: 0).__code__.replace(co_code=b"\\x64\\xff" * 50 + b"S\\x00", co_consts=())\n    return types.FunctionType(code, {})()`,
    ends: ['error', 'failed', 'timeout'],
  },
  {
    name: 'the bridge to JavaScript, by way of a promise',
    mustNot: 'reach Node',
    code: `import gc\n${WRONG}\nfor thing in gc.get_objects():\n    try:\n        thing = getattr(getattr(thing, "_printed", None), "_send", thing)\n        if "Js" not in type(thing).__name__: continue\n        keys = thing.object_keys()\n        Object = keys.constructor.fromAsync(keys).constructor.withResolvers().constructor\n        Object.defineProperty(Object.prototype, "toJSON", Object.assign(Object.create(None), value=1))\n        print(Object.getOwnPropertyNames(Object))\n    except BaseException as error: print(type(error).__name__)`,
  },
  {
    name: 'inputs of hidden tests, printed',
    mustNot: 'show its author what a hidden test sends in',
    code: `${WRONG}\ndef route(roads, start, goal):\n    print(roads, start, goal)\n    raise ValueError(repr(roads))`,
    ends: ['failed'],
  },
];
