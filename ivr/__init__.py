"""Phone menus: flows as typed files, a pure reducer over them, and what edits and checks them."""
