"""What other programs meet: the shapes of the JSON, OpenAI's protocol, MCP, figures for Prometheus, embedding."""
