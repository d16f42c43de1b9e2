"""Parts of the staff pages, built without a server."""

import asyncio
from dataclasses import replace

import gradio as gr

from raufoss_assistant.assistant import Assistant


def built(make, *given, within=gr.Column):
    """A page with what a function makes, and that; within an event loop, since Gradio never closes its own."""

    async def build():
        with gr.Blocks() as page, within():
            return page, make(*given)

    return asyncio.run(build())


def patient(assistant):
    """The same assistant with time to read all passages, so that a busy machine gives the same figures."""
    made = Assistant(replace(assistant.settings, reader_ms=60_000))
    made.encoder, made.reader = assistant.encoder, assistant.reader
    return made
