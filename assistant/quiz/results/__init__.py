"""Results kept in a database: one schema, in a file of SQLite or on a server of PostgreSQL.

Imported only where a quiz is run or reported on: SQLAlchemy takes longer to load than a question
takes.
"""
