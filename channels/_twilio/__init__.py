"""What every channel over Twilio shares: signatures, the REST client, the carrier simulator."""
