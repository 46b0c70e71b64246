"""Makes the calls that it is asked for on standard input; see ../client.ts."""

import json
import sys

import grpc

channels = {}


def method_of(target, method):
    if target not in channels:
        channels[target] = grpc.insecure_channel(target)
    # Without serializers messages are bytes.
    return channels[target].unary_unary(method)


def call(request):
    try:
        reply = method_of(request["target"], request["method"])(
            b"",
            metadata=list(request["metadata"].items()),
            timeout=request["deadlineMs"] / 1000,
        )
        return {"server": reply.decode()}
    except grpc.RpcError as error:
        return {"code": error.code().name, "details": error.details()}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"answers": [call(request) for _ in range(request["count"])]}), flush=True)
