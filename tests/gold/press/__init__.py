"""The press: prints the sample documents with listed damage, and keeps the ledger of what it did."""
