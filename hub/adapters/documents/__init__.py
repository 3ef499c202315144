"""The words of office documents, read in a process with little of everything."""
