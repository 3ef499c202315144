"""The assistant in front: a pure core and one shell behind the port `SelfService`."""
