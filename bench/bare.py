"""The reference of the sandbox: a Starlette route that answers the same post and judges nothing."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bench.answering import POST


async def answer(_: Request) -> JSONResponse:
    return JSONResponse(POST)


app = Starlette(routes=[Route("/rest/posts/{urn}", answer)])

if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning")
