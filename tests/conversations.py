"""Conversations for tests, with answers from real documents."""

import asyncio

from raufoss_assistant.web.replies import Replies


def talk(assistant, *questions):
    """What the server keeps after those questions."""

    async def last(question, conversation):
        return [step async for step in replies.respond(question, conversation)][-1].conversation

    replies, conversation = Replies(assistant), ()
    for question in questions:
        conversation = asyncio.run(last(question, conversation))
    return conversation
