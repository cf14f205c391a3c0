"""What every peer in Python does: reads requests as lines of JSON, prepares workloads, and times calls of them."""

import json
import sys
import time


def serve(name, workloads, clock=time.process_time):
    """`name` is what rows call the peer; `workloads` are functions that prepare a call, by their names.

    Calls are timed by the processor time of the whole process, as on the other side: threads that a library starts by itself
    count like any other. Where a GPU does the work, `clock` is the one on the wall.
    """
    prepared = {}
    for line in sys.stdin:
        request = json.loads(line)
        answer = {}
        try:
            if request["do"] == "hello":
                answer = {"name": name, "workloads": sorted(workloads)}
            elif request["do"] == "prepare":
                prepared[request["id"]] = workloads[request["workload"]](**request["settings"])
            elif request["do"] == "time":
                call = prepared[request["id"]]
                start = clock()
                for _ in range(request["calls"]):
                    call()
                answer = {"seconds": (clock() - start) / request["calls"]}
            elif request["do"] == "forget":
                prepared.clear()
        except Exception as error:  # the other side reports it
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)
