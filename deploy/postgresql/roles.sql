-- Two roles and a database for Pledgeline, once, as a superuser: psql -f roles.sql
-- The owner makes and renews the tables; the site enters, and can change nothing that was entered.
-- Give both passwords of their own, and the database connections with TLS only: in pg_hba.conf, `hostssl`.

CREATE ROLE pledgeline_owner LOGIN PASSWORD 'change this';
CREATE ROLE pledgeline_site LOGIN PASSWORD 'change this too';
CREATE DATABASE pledgeline OWNER pledgeline_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT, TEMPORARY ON DATABASE pledgeline FROM PUBLIC;
GRANT CONNECT ON DATABASE pledgeline TO pledgeline_site;

-- Then, with the owner in PLEDGELINE_DATABASE_URL:
--
--   pledgeline upgrade                    makes the tables
--   pledgeline rights pledgeline_site     gives the site what it needs
--
-- and start the site with pledgeline_site in PLEDGELINE_DATABASE_URL.
