#!/bin/sh
# Once, when the server's data are made: the application's own role and database. It is no
# superuser, since row security does not hold for one.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$SPINK_DATABASE_PASSWORD" --username="$POSTGRES_USER" <<'SQL'
CREATE ROLE spink LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE spink OWNER spink;
SQL
