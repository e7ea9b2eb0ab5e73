"""The reference of the sandbox: Starlette routes that answer the same post, or take one, and judge nothing."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bench.answering import POST


async def answer(_: Request) -> JSONResponse:
    return JSONResponse(POST)


async def take(request: Request) -> Response:
    await request.json()
    return Response(status_code=201, headers={"x-restli-id": str(POST["id"])})


app = Starlette(routes=[Route("/rest/posts/{urn}", answer), Route("/rest/posts", take, methods=["POST"])])

if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning")
