"""Runs a Pulumi program: the facts of the run as JSON, the program's folder or file, and the program's arguments.

It does what the runner in Pulumi's official download does; that one is not in the package on PyPI.
"""

import asyncio
import json
import logging
import os
import runpy
import sys
import traceback

# What tells the engine that the user has been told already.
ALREADY_REPORTED = 32


def main() -> int:
    facts, program = json.loads(sys.argv[1]), sys.argv[2]
    try:
        from pulumi import RunError, log, runtime
    except ImportError:
        traceback.print_exc()
        print("The Pulumi SDK is not installed in this Python: pip install -r requirements.txt", file=sys.stderr)
        return 1

    runtime.set_all_config(
        runtime.get_config_env(), runtime.get_config_secret_keys_env()
    )
    runtime.configure(runtime.Settings(**facts))
    sys.argv = [program, *sys.argv[3:]]
    # What is beside the program can be imported, as if Python had been given the program itself.
    sys.path[0] = program if os.path.isdir(program) else os.path.dirname(program)
    # What is left undone when a run fails has been reported; asyncio would tell it again.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(
            runtime.run_in_stack(lambda: ignore(runpy.run_path(program, run_name="__main__")))
        )
        return 0
    except RunError as error:
        log.error(str(error))
    except Exception:  # whatever a program throws
        log.error("Program failed with an unhandled exception:\n" + traceback.format_exc())
    finally:
        loop.close()
    return ALREADY_REPORTED


def ignore(_globals: object) -> None:
    """A program is run for what it does."""


sys.exit(main())
