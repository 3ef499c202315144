"""The phone over Twilio: programs as TwiML, its webhooks as events, commands as REST requests."""
