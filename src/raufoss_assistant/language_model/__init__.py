"""The language model that staff may connect: any address that speaks OpenAI's protocol. None by default."""
