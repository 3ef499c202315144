"""Web chat: framed JSON on a plain WebSocket, and the custom element that speaks it."""
