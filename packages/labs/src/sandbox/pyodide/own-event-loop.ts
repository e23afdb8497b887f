/**
 * Python that gives `asyncio` an event loop of its own. Pyodide's waits in JavaScript's, which learner code cannot reach
 * and which does not turn while a step runs. Nothing comes in from outside, so waiting is sleeping: without a timer it
 * lasts until the time limit, as it does under bubblewrap.
 */
export const OWN_EVENT_LOOP = `
import asyncio, asyncio.base_events, asyncio.events, asyncio.runners, time

class _Sleeper:
    def select(self, timeout):
        if timeout is None:
            while True:
                _sleep(3600)
        if timeout > 0:
            _sleep(timeout)
        return []

class _EventLoop(asyncio.base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _Sleeper()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass

class _EventLoopPolicy(asyncio.events._BaseDefaultEventLoopPolicy):
    _loop_factory = _EventLoop

# Pyodide put functions of its own around these two.
time.sleep = _sleep = getattr(time.sleep, "__wrapped__", time.sleep)
asyncio.run = asyncio.runners.run = getattr(asyncio.run, "__wrapped__", asyncio.run)
asyncio.events._set_event_loop_policy(_EventLoopPolicy())
asyncio.events._set_running_loop(None)
`;
