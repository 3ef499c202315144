"""Northmere Bank (北湄银行): an invented bank to try the hub with. Nobody here exists."""
