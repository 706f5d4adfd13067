#!/bin/sh
# Once, when the server's data are made: the application's own role and database. It is no
# superuser, since row security does not hold for one. What fails is not written out in the server's
# log: statements and details hold what was typed. Only a superuser may set that.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$SPINK_DATABASE_PASSWORD" --username="$POSTGRES_USER" <<'SQL'
CREATE ROLE spink LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'password';
ALTER ROLE spink SET log_min_error_statement = 'panic';
ALTER ROLE spink SET log_error_verbosity = 'terse';
CREATE DATABASE spink OWNER spink;
SQL
