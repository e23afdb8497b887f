/** Python that puts the bridge to JavaScript out of reach by name. Whoever finds it otherwise is stopped elsewhere. */
export const HIDE_BRIDGE = `
import sys
for _name in [name for name in sys.modules if name.split(".")[0] in ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core")]:
    sys.modules[_name] = None
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__.split(".")[0] not in ("pyodide", "_pyodide")]
sys.path[:] = [path for path in sys.path if path.endswith(".zip")]
del _name
`;
