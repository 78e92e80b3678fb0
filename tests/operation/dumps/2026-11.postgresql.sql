--
-- PostgreSQL database dump
--

\restrict RJ88Pj775OS4nxTXsuGdLnzRiAjeFag8acjDIxmEbmNIsSWUbpNq9BcvyREDNvb

-- Dumped from database version 18.4
-- Dumped by pg_dump version 18.4

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: books_check_entry(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_check_entry() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    entry books_entry%ROWTYPE;
    parts bigint;
    astray boolean;
    below boolean;
    beyond boolean;
BEGIN
    SELECT e.* INTO entry FROM books_entry e JOIN books b ON b.id = e.books_id AND b.newest_id = e.id
    WHERE e.id = NEW.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'books: the entry does not exist, or is not the newest'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT count(*), bool_or(s.books_id <> entry.books_id OR p.effective_on <> entry.effective_on)
    INTO parts, astray
    FROM books_posting p JOIN books_spot s ON s.id = p.spot_id WHERE p.entry_id = NEW.id;
    IF parts < 2 THEN
        RAISE EXCEPTION 'books: an entry has at least two postings'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF entry.takes_back_id IS NOT NULL THEN
        astray := astray OR entry.takes_back_id >= NEW.id OR NOT EXISTS (
            SELECT 1 FROM books_entry o WHERE o.id = entry.takes_back_id AND o.books_id = entry.books_id);
    END IF;
    IF astray THEN
        RAISE EXCEPTION 'books: a part of the entry has another day or belongs to other books'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id WHERE p.entry_id = NEW.id
        GROUP BY s.account IN ('bank', 'receivable', 'supplier_advance', 'supplier_payable', 'programme_expense',
                'contributions', 'exchange'), s.contribution, s.currency
        HAVING sum(p.amount) <> 0
    ) THEN
        RAISE EXCEPTION 'books: the entry does not add up to zero for each contribution and currency'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    WITH moved AS (
        SELECT spot_id, sum(amount) AS amount FROM books_posting WHERE entry_id = NEW.id GROUP BY spot_id ORDER BY spot_id
    ), done AS (
        UPDATE books_spot s SET balance = s.balance + moved.amount, changed_by = NEW.id
        FROM moved WHERE s.id = moved.spot_id
        RETURNING s.account, s.balance, moved.amount
    )
    SELECT
        bool_or(balance < 0 AND amount < 0 AND account IN (
            'pledged', 'committed', 'available', 'allocated', 'ordered', 'delivered', 'accepted', 'lapsed',
            'bank', 'receivable', 'supplier_advance')),
        bool_or(abs(balance) >= 100000000000000000)
    INTO below, beyond FROM done;
    IF below THEN
        RAISE EXCEPTION 'books: the entry takes an account below zero'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF beyond THEN
        RAISE EXCEPTION 'books: a balance leaves the range of amounts'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM books_goods WHERE entry_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT 1 FROM books_goods g JOIN books_bin n ON n.id = g.bin_id WHERE g.entry_id = NEW.id
        GROUP BY n.line, n.currency
        HAVING sum(g.units) <> 0 OR bool_or(n.books_id <> entry.books_id)
    ) THEN
        RAISE EXCEPTION 'books: the units of the entry do not add up to zero, or belong to other books'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    WITH moved AS (
        SELECT bin_id, sum(units) AS units FROM books_goods WHERE entry_id = NEW.id GROUP BY bin_id ORDER BY bin_id
    ), done AS (
        UPDATE books_bin n SET units = n.units + moved.units, changed_by = NEW.id
        FROM moved WHERE n.id = moved.bin_id
        RETURNING n.place, n.units AS left_there, moved.units AS moved_units
    )
    SELECT bool_or(left_there < 0 AND moved_units < 0 AND place IN ('ordered', 'delivered', 'accepted'))
    INTO below FROM done;
    IF below THEN
        RAISE EXCEPTION 'books: the entry takes units away that are not there'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;


--
-- Name: books_check_erasure(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_check_erasure() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.entry_id <> OLD.entry_id OR NEW.name <> OLD.name OR NEW.commitment <> OLD.commitment
        OR NEW.text IS NOT NULL OR NEW.salt IS NOT NULL THEN
        RAISE EXCEPTION 'books: a private text can be erased, and nothing else' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;


--
-- Name: books_check_growth(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_check_growth() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.programme_id <> OLD.programme_id OR NOT (
        (NEW.size = OLD.size AND NEW.newest_id IS NOT DISTINCT FROM OLD.newest_id AND NEW.peaks = OLD.peaks)
        OR (NEW.size = OLD.size + 1
            AND (OLD.newest_id IS NULL OR EXISTS (SELECT 1 FROM books_seal WHERE id = OLD.newest_id)))
    ) THEN
        RAISE EXCEPTION 'books: the log grows by one sealed entry at a time' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;


--
-- Name: books_check_move(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_check_move() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR NEW.changed_by <= OLD.changed_by THEN
        RAISE EXCEPTION 'books: a balance changes by an entry only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;


--
-- Name: books_open(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_open(programme_wanted text, key_wanted text) RETURNS TABLE(number bigint, kept_in text, is_public boolean, entries bigint, tree bytea, of_programme text, named text, key_known boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    SELECT b.id, b.currencies, b.public, b.size, b.peaks, p.slug, p.name
    INTO number, kept_in, is_public, entries, tree, of_programme, named
    FROM books b JOIN records_programmerecord p ON p.id = b.programme_id
    WHERE p.slug = programme_wanted FOR UPDATE OF b;
    IF FOUND THEN
        key_known := EXISTS (SELECT 1 FROM books_entry e WHERE e.books_id = number AND e."key" = key_wanted);
        RETURN NEXT;
    END IF;
END
$$;


--
-- Name: books_refuse_change(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'books: nothing that was entered is ever changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
END
$$;


--
-- Name: books_refuse_filled(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_refuse_filled() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'books: what is new is empty' USING ERRCODE = 'integrity_constraint_violation';
END
$$;


--
-- Name: books_refuse_late(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_refuse_late() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh JOIN books_seal ON books_seal.id = fresh.entry_id) THEN
        RAISE EXCEPTION 'books: the entry is sealed, nothing can be added to it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;


--
-- Name: books_refuse_truncate(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_refuse_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    something boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', TG_TABLE_NAME) INTO something;
    IF something THEN
        RAISE EXCEPTION 'books: nothing is ever deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;


--
-- Name: books_refuse_zero_units(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_refuse_zero_units() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'books: units that move are not zero' USING ERRCODE = 'integrity_constraint_violation';
END
$$;


--
-- Name: books_write(bigint, bigint, bigint, text, text, date, timestamp with time zone, text, text, bigint[], bigint[], bigint[], bigint[], text[], text[], text[], text[], text[], text[], text[], text[], bytea, bytea, bytea); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.books_write(number bigint, of_books bigint, place bigint, named text, sort text, effective date, recorded timestamp with time zone, submitted text, taken_back text, spots bigint[], amounts bigint[], bins bigint[], counts bigint[], term_names text[], term_ofs text[], term_ons text[], term_values text[], private_names text[], private_hashes text[], private_texts text[], private_salts text[], tree bytea, leaf_hash bytea, root_hash bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO books_entry (id, books_id, position, "key", kind, effective_on, recorded_at, body, takes_back_id)
    VALUES (number, of_books, place, named, sort, effective, recorded, submitted, CASE WHEN taken_back <> '' THEN (
        SELECT o.id FROM books_entry o WHERE o.books_id = of_books AND o."key" = taken_back) END);
    INSERT INTO books_posting (entry_id, number, spot_id, amount, effective_on)
    SELECT books_write.number, x.nth - 1, x.spot, x.amount, effective
    FROM unnest(spots, amounts) WITH ORDINALITY AS x (spot, amount, nth);
    IF cardinality(bins) > 0 THEN
        INSERT INTO books_goods (entry_id, number, bin_id, units)
        SELECT books_write.number, x.nth - 1, x.bin, x.units
        FROM unnest(bins, counts) WITH ORDINALITY AS x (bin, units, nth);
    END IF;
    IF cardinality(term_names) > 0 THEN
        INSERT INTO books_term (entry_id, number, name, about, beside, value)
        SELECT books_write.number, x.nth - 1, x.name, x.about, x.beside, x.value
        FROM unnest(term_names, term_ofs, term_ons, term_values) WITH ORDINALITY
            AS x (name, about, beside, value, nth);
    END IF;
    IF cardinality(private_names) > 0 THEN
        INSERT INTO books_private (entry_id, name, commitment, text, salt)
        SELECT books_write.number, x.name, x.hash, x.content, x.salt
        FROM unnest(private_names, private_hashes, private_texts, private_salts) AS x (name, hash, content, salt);
    END IF;
    UPDATE books SET size = size + 1, newest_id = number, peaks = tree WHERE id = of_books AND size = place;
    INSERT INTO books_seal (id, leaf, root) VALUES (number, leaf_hash, root_hash);
END
$$;


--
-- Name: records_instrumentversion_refuse(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.records_instrumentversion_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'versions of instruments are only added';
END
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: accounts_failedsignin; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_failedsignin (
    id bigint NOT NULL,
    name_digest character varying(64) NOT NULL,
    address character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL
);


--
-- Name: accounts_failedsignin_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_failedsignin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_failedsignin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_membership; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_membership (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    programme character varying(60) NOT NULL,
    role character varying(30) NOT NULL,
    party character varying(200) NOT NULL,
    given_by character varying(150) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    CONSTRAINT membership_role_is_known CHECK (((role)::text = ANY ((ARRAY['reader'::character varying, 'planner'::character varying, 'bookkeeper'::character varying, 'register-editor'::character varying, 'auditor'::character varying, 'administrator'::character varying])::text[])))
);


--
-- Name: accounts_membership_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_session (
    digest character varying(64) NOT NULL,
    data text NOT NULL,
    user_id bigint,
    began_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    address character varying(64) NOT NULL,
    user_agent character varying(300) NOT NULL
);


--
-- Name: accounts_user; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    username character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_active boolean NOT NULL,
    joined_at timestamp with time zone NOT NULL
);


--
-- Name: accounts_user_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_group; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);


--
-- Name: auth_group_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_group_permissions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_permission; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);


--
-- Name: auth_permission_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: books; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    currencies text NOT NULL,
    public boolean NOT NULL,
    size bigint NOT NULL,
    peaks bytea NOT NULL,
    newest_id bigint,
    digest bytea,
    CONSTRAINT books_newest_is_the_last CHECK ((((newest_id IS NULL) AND (size = 0)) OR ((newest_id = (((id * '1099511627776'::bigint) + size) - 1)) AND (newest_id IS NOT NULL) AND (size > 0))))
);


--
-- Name: books_bin; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books_bin (
    id bigint NOT NULL,
    books_id bigint NOT NULL,
    place character varying(20) NOT NULL,
    line character varying(200) NOT NULL,
    currency character varying(3) NOT NULL,
    lot character varying(200) NOT NULL,
    units bigint NOT NULL,
    changed_by bigint NOT NULL,
    CONSTRAINT books_bin_place CHECK (((place)::text = ANY ((ARRAY['source'::character varying, 'pledged'::character varying, 'committed'::character varying, 'available'::character varying, 'allocated'::character varying, 'ordered'::character varying, 'delivered'::character varying, 'accepted'::character varying, 'lapsed'::character varying, 'returned'::character varying, 'written_off'::character varying, 'fees'::character varying, 'fx'::character varying, 'bank'::character varying, 'receivable'::character varying, 'supplier_advance'::character varying, 'supplier_payable'::character varying, 'programme_expense'::character varying, 'contributions'::character varying, 'exchange'::character varying])::text[])))
);


--
-- Name: books_bin_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.books_bin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.books_bin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: books_checkpoint; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books_checkpoint (
    id bigint NOT NULL,
    books_id bigint NOT NULL,
    size bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    note text NOT NULL,
    digest bytea NOT NULL
);


--
-- Name: books_entry; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books_entry (
    id bigint NOT NULL,
    books_id bigint NOT NULL,
    "position" bigint NOT NULL,
    key character varying(200) NOT NULL,
    kind character varying(40) NOT NULL,
    effective_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    body text NOT NULL,
    takes_back_id bigint,
    CONSTRAINT books_entry_number CHECK ((("position" >= 0) AND (id = ((books_id * '1099511627776'::bigint) + "position"))))
);


--
-- Name: books_goods; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books_goods (
    entry_id bigint NOT NULL,
    number integer NOT NULL,
    bin_id bigint NOT NULL,
    units bigint NOT NULL
);


--
-- Name: books_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.books ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.books_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: books_posting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books_posting (
    entry_id bigint NOT NULL,
    number integer NOT NULL,
    spot_id bigint NOT NULL,
    amount bigint NOT NULL,
    effective_on date NOT NULL,
    CONSTRAINT books_posting_amount CHECK (((amount > '-100000000000000000'::bigint) AND (amount < '100000000000000000'::bigint) AND (NOT (amount = 0))))
);


--
-- Name: books_private; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books_private (
    entry_id bigint NOT NULL,
    name character varying(40) NOT NULL,
    commitment character varying(64) NOT NULL,
    text text,
    salt text,
    CONSTRAINT books_private_text_and_salt CHECK ((((salt IS NULL) AND (text IS NULL)) OR ((salt IS NOT NULL) AND (text IS NOT NULL))))
);


--
-- Name: books_seal; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books_seal (
    id bigint NOT NULL,
    leaf bytea NOT NULL,
    root bytea NOT NULL
);


--
-- Name: books_spot; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books_spot (
    id bigint NOT NULL,
    books_id bigint NOT NULL,
    account character varying(20) NOT NULL,
    contribution character varying(200) NOT NULL,
    currency character varying(3) NOT NULL,
    line character varying(200) NOT NULL,
    lot character varying(200) NOT NULL,
    balance bigint NOT NULL,
    changed_by bigint NOT NULL,
    CONSTRAINT books_spot_account CHECK (((account)::text = ANY ((ARRAY['source'::character varying, 'pledged'::character varying, 'committed'::character varying, 'available'::character varying, 'allocated'::character varying, 'ordered'::character varying, 'delivered'::character varying, 'accepted'::character varying, 'lapsed'::character varying, 'returned'::character varying, 'written_off'::character varying, 'fees'::character varying, 'fx'::character varying, 'bank'::character varying, 'receivable'::character varying, 'supplier_advance'::character varying, 'supplier_payable'::character varying, 'programme_expense'::character varying, 'contributions'::character varying, 'exchange'::character varying])::text[]))),
    CONSTRAINT books_spot_line_and_lot CHECK (((((account)::text = ANY ((ARRAY['allocated'::character varying, 'ordered'::character varying])::text[])) AND (NOT ((line)::text = ''::text)) AND ((lot)::text = ''::text)) OR (((account)::text = ANY ((ARRAY['delivered'::character varying, 'accepted'::character varying])::text[])) AND (NOT ((line)::text = ''::text)) AND (NOT ((lot)::text = ''::text))) OR ((account)::text = ANY ((ARRAY['written_off'::character varying, 'programme_expense'::character varying])::text[])) OR (((account)::text = ANY ((ARRAY['supplier_advance'::character varying, 'supplier_payable'::character varying])::text[])) AND ((lot)::text = ''::text)) OR ((NOT ((account)::text = ANY ((ARRAY['allocated'::character varying, 'ordered'::character varying, 'delivered'::character varying, 'accepted'::character varying, 'written_off'::character varying])::text[]))) AND (NOT ((account)::text = ANY ((ARRAY['programme_expense'::character varying, 'supplier_advance'::character varying, 'supplier_payable'::character varying])::text[]))) AND ((line)::text = ''::text) AND ((lot)::text = ''::text)))),
    CONSTRAINT books_spot_range CHECK (((balance > '-100000000000000000'::bigint) AND (balance < '100000000000000000'::bigint))),
    CONSTRAINT books_spot_whose CHECK (((length((currency)::text) = 3) AND (NOT ((contribution)::text = ''::text))))
);


--
-- Name: books_spot_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.books_spot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.books_spot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: books_term; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books_term (
    entry_id bigint NOT NULL,
    number integer NOT NULL,
    name character varying(40) NOT NULL,
    about character varying(200) NOT NULL,
    beside character varying(200) NOT NULL,
    value text NOT NULL
);


--
-- Name: books_total; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.books_total (
    until bigint NOT NULL,
    spot_id bigint NOT NULL,
    effective_on date NOT NULL,
    amount bigint NOT NULL
);


--
-- Name: django_content_type; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_announcementrecord; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_announcementrecord (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    place integer NOT NULL,
    ref character varying(200) NOT NULL,
    partners jsonb NOT NULL,
    announced_on date NOT NULL,
    month_only boolean NOT NULL,
    amount_minor bigint,
    amount_currency character varying(3),
    reported_usd_minor bigint,
    package text NOT NULL,
    stage character varying(20) NOT NULL,
    earmark text NOT NULL,
    title text NOT NULL,
    sources jsonb NOT NULL,
    relation character varying(20) NOT NULL,
    relates_to jsonb NOT NULL,
    note text NOT NULL,
    CONSTRAINT announcement_amount_and_currency CHECK ((((amount_currency IS NULL) AND (amount_minor IS NULL)) OR ((amount_currency IS NOT NULL) AND (amount_minor IS NOT NULL) AND (length((amount_currency)::text) = 3) AND (amount_minor > '-100000000000000000'::bigint) AND (amount_minor < '100000000000000000'::bigint)))),
    CONSTRAINT announcement_relation CHECK (((relation)::text = ANY ((ARRAY[''::character varying, 'replaces'::character varying, 'repeats'::character varying, 'conflicts'::character varying, 'unclear'::character varying, 'withdraws'::character varying])::text[]))),
    CONSTRAINT announcement_stage CHECK (((stage)::text = ANY ((ARRAY['announced'::character varying, 'committed'::character varying, 'paid'::character varying])::text[]))),
    CONSTRAINT records_announcementrecord_place_check CHECK ((place >= 0))
);


--
-- Name: records_announcementrecord_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_announcementrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_announcementrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_contributionpointer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_contributionpointer (
    id bigint NOT NULL,
    instrument character varying(100) NOT NULL,
    obligation character varying(100) NOT NULL,
    programme character varying(60) NOT NULL,
    contribution character varying(200) NOT NULL,
    points boolean NOT NULL,
    reason text NOT NULL,
    said_by character varying(150) NOT NULL,
    said_at timestamp with time zone NOT NULL
);


--
-- Name: records_contributionpointer_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_contributionpointer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_contributionpointer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_deliveryrecord; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_deliveryrecord (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    place integer NOT NULL,
    digest character varying(64) NOT NULL,
    "when" character varying(10) NOT NULL,
    packages jsonb NOT NULL,
    what text NOT NULL,
    sources jsonb NOT NULL,
    note text NOT NULL,
    CONSTRAINT records_deliveryrecord_place_check CHECK ((place >= 0))
);


--
-- Name: records_deliveryrecord_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_deliveryrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_deliveryrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_instrumentversion; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_instrumentversion (
    id bigint NOT NULL,
    programme character varying(60) NOT NULL,
    instrument character varying(100) NOT NULL,
    number integer NOT NULL,
    text text NOT NULL,
    is_withdrawn boolean NOT NULL,
    reason text NOT NULL,
    saved_by character varying(150) NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    CONSTRAINT instrument_version_has_text_or_is_withdrawn CHECK (((is_withdrawn AND (text = ''::text)) OR ((NOT is_withdrawn) AND (NOT (text = ''::text))))),
    CONSTRAINT records_instrumentversion_number_check CHECK ((number >= 0))
);


--
-- Name: records_instrumentversion_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_instrumentversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_instrumentversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_itemrecord; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_itemrecord (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    place integer NOT NULL,
    ref character varying(200) NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    unit_of_issue text NOT NULL,
    price_low_minor bigint NOT NULL,
    price_high_minor bigint NOT NULL,
    price_currency character varying(3) NOT NULL,
    price_year text NOT NULL,
    price_basis text NOT NULL,
    lead_time_months_low bigint,
    lead_time_months_high bigint,
    sources jsonb NOT NULL,
    note text NOT NULL,
    CONSTRAINT item_prices_are_amounts CHECK (((length((price_currency)::text) = 3) AND (price_low_minor > '-100000000000000000'::bigint) AND (price_low_minor < '100000000000000000'::bigint) AND (price_high_minor > '-100000000000000000'::bigint) AND (price_high_minor < '100000000000000000'::bigint))),
    CONSTRAINT records_itemrecord_place_check CHECK ((place >= 0))
);


--
-- Name: records_itemrecord_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_itemrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_itemrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_loadnote; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_loadnote (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    loaded_on date NOT NULL,
    loaded_by text NOT NULL,
    pruned boolean NOT NULL,
    revision integer NOT NULL,
    counts jsonb NOT NULL,
    CONSTRAINT records_loadnote_revision_check CHECK ((revision >= 0))
);


--
-- Name: records_loadnote_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_loadnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_loadnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_packagerecord; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_packagerecord (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    place integer NOT NULL,
    ref character varying(200) NOT NULL,
    number bigint,
    announced_on date NOT NULL,
    value_minor bigint,
    currency character varying(3) NOT NULL,
    funders jsonb NOT NULL,
    contents text NOT NULL,
    delivery_reported_on date,
    sources jsonb NOT NULL,
    note text NOT NULL,
    CONSTRAINT package_value_and_currency CHECK (((((currency)::text = ''::text) AND (value_minor IS NULL)) OR ((length((currency)::text) = 3) AND ((value_minor IS NULL) OR ((value_minor > '-100000000000000000'::bigint) AND (value_minor < '100000000000000000'::bigint)))))),
    CONSTRAINT records_packagerecord_place_check CHECK ((place >= 0))
);


--
-- Name: records_packagerecord_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_packagerecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_packagerecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_planinput; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_planinput (
    id bigint NOT NULL,
    ref character varying(24) NOT NULL,
    programme_id bigint NOT NULL,
    name text NOT NULL,
    origin character varying(10) NOT NULL,
    file_name text NOT NULL,
    upload bytea NOT NULL,
    marked bytea NOT NULL,
    problem text NOT NULL,
    digest character varying(64) NOT NULL,
    findings jsonb NOT NULL,
    kept jsonb NOT NULL,
    first_day date,
    saved_at timestamp with time zone NOT NULL,
    saved_by text NOT NULL,
    CONSTRAINT plan_input_origin CHECK (((origin)::text = ANY ((ARRAY['workbook'::character varying, 'json'::character varying, 'sample'::character varying, 'what-if'::character varying])::text[])))
);


--
-- Name: records_planinput_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_planinput ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_planinput_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_planrun; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_planrun (
    id bigint NOT NULL,
    ref character varying(24) NOT NULL,
    programme_id bigint NOT NULL,
    input_id bigint NOT NULL,
    base_id bigint,
    kind character varying(10) NOT NULL,
    change jsonb NOT NULL,
    mode character varying(5) NOT NULL,
    budget_seconds integer,
    state character varying(8) NOT NULL,
    stop_wanted boolean NOT NULL,
    progress jsonb NOT NULL,
    result jsonb,
    said text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by text NOT NULL,
    began_at timestamp with time zone,
    beat_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT plan_run_kind CHECK (((kind)::text = ANY ((ARRAY['plan'::character varying, 'what-if'::character varying, 'binding'::character varying, 'freeing'::character varying])::text[]))),
    CONSTRAINT plan_run_mode CHECK (((mode)::text = ANY ((ARRAY['fast'::character varying, 'prove'::character varying])::text[]))),
    CONSTRAINT plan_run_state_is_known CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying, 'done'::character varying, 'failed'::character varying, 'lost'::character varying])::text[]))),
    CONSTRAINT records_planrun_budget_seconds_check CHECK ((budget_seconds >= 0))
);


--
-- Name: records_planrun_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_planrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_planrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_programmerecord; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_programmerecord (
    id bigint NOT NULL,
    slug character varying(60) NOT NULL,
    name text NOT NULL,
    short_name text NOT NULL,
    about text NOT NULL,
    recipient text NOT NULL,
    validator text NOT NULL,
    supplier text NOT NULL,
    package_size_minor bigint NOT NULL,
    package_size_currency character varying(3) NOT NULL,
    base_currency character varying(3) NOT NULL,
    time_zone text NOT NULL,
    maximum_rate_age_days integer NOT NULL,
    public_fields jsonb NOT NULL,
    parties jsonb NOT NULL,
    coverage jsonb,
    official_speakers jsonb NOT NULL,
    invented boolean NOT NULL,
    published boolean NOT NULL,
    revision integer NOT NULL,
    stamp uuid NOT NULL,
    CONSTRAINT programme_base_currency_is_a_code CHECK ((length((base_currency)::text) = 3)),
    CONSTRAINT programme_package_size_is_an_amount CHECK (((length((package_size_currency)::text) = 3) AND (package_size_minor > '-100000000000000000'::bigint) AND (package_size_minor < '100000000000000000'::bigint))),
    CONSTRAINT records_programmerecord_maximum_rate_age_days_check CHECK ((maximum_rate_age_days >= 0)),
    CONSTRAINT records_programmerecord_revision_check CHECK ((revision >= 0))
);


--
-- Name: records_programmerecord_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_programmerecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_programmerecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_publicationnote; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_publicationnote (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    subject character varying(10) NOT NULL,
    is_public boolean NOT NULL,
    noted_by text NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    CONSTRAINT publication_subject_is_known CHECK (((subject)::text = ANY ((ARRAY['programme'::character varying, 'books'::character varying])::text[])))
);


--
-- Name: records_publicationnote_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_publicationnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_publicationnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_raterecord; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_raterecord (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    place integer NOT NULL,
    day date NOT NULL,
    base character varying(3) NOT NULL,
    currency character varying(3) NOT NULL,
    rate text NOT NULL,
    source text NOT NULL,
    CONSTRAINT rate_between_two_currencies CHECK (((length((base)::text) = 3) AND (length((currency)::text) = 3) AND (NOT ((base)::text = (currency)::text)))),
    CONSTRAINT rate_not_negative CHECK (((NOT (rate = ''::text)) AND (NOT (rate ~~ '-%'::text)))),
    CONSTRAINT records_raterecord_place_check CHECK ((place >= 0))
);


--
-- Name: records_raterecord_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_raterecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_raterecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_savedplan; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_savedplan (
    id bigint NOT NULL,
    run_id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    policy jsonb NOT NULL,
    answer text NOT NULL,
    seal character varying(64) NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    saved_by text NOT NULL
);


--
-- Name: records_savedplan_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_savedplan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_savedplan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_sourcerecord; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_sourcerecord (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    place integer NOT NULL,
    ref character varying(200) NOT NULL,
    url text NOT NULL,
    publisher text NOT NULL,
    published_on date,
    title text NOT NULL,
    accessed_as text NOT NULL,
    CONSTRAINT records_sourcerecord_place_check CHECK ((place >= 0))
);


--
-- Name: records_sourcerecord_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_sourcerecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_sourcerecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: records_statedtotalrecord; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records_statedtotalrecord (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    place integer NOT NULL,
    digest character varying(64) NOT NULL,
    as_of date NOT NULL,
    measure text NOT NULL,
    value text NOT NULL,
    unit text NOT NULL,
    said_by text NOT NULL,
    sources jsonb NOT NULL,
    note text NOT NULL,
    CONSTRAINT records_statedtotalrecord_place_check CHECK ((place >= 0)),
    CONSTRAINT stated_total_has_a_value CHECK ((NOT (value = ''::text)))
);


--
-- Name: records_statedtotalrecord_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.records_statedtotalrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_statedtotalrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Data for Name: accounts_failedsignin; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_failedsignin (id, name_digest, address, at) FROM stdin;
\.


--
-- Data for Name: accounts_membership; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_membership (id, person_id, programme, role, party, given_by, given_at) FROM stdin;
1	1	harbour	bookkeeper		a test	2026-11-29 02:39:16.398978+00
2	1	harbour	auditor		a test	2026-11-29 02:39:16.43163+00
\.


--
-- Data for Name: accounts_session; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_session (digest, data, user_id, began_at, seen_at, expires_at, address, user_agent) FROM stdin;
\.


--
-- Data for Name: accounts_user; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_user (id, password, last_login, username, email, is_active, joined_at) FROM stdin;
1		\N	olena		t	2026-11-29 02:39:16.380263+00
\.


--
-- Data for Name: auth_group; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_group (id, name) FROM stdin;
\.


--
-- Data for Name: auth_group_permissions; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_group_permissions (id, group_id, permission_id) FROM stdin;
\.


--
-- Data for Name: auth_permission; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_permission (id, name, content_type_id, codename) FROM stdin;
1	Can add content type	1	add_contenttype
2	Can change content type	1	change_contenttype
3	Can delete content type	1	delete_contenttype
4	Can view content type	1	view_contenttype
5	Can add permission	2	add_permission
6	Can change permission	2	change_permission
7	Can delete permission	2	delete_permission
8	Can view permission	2	view_permission
9	Can add group	3	add_group
10	Can change group	3	change_group
11	Can delete group	3	delete_group
12	Can view group	3	view_group
13	Can add user	4	add_user
14	Can change user	4	change_user
15	Can delete user	4	delete_user
16	Can view user	4	view_user
17	Can add membership	5	add_membership
18	Can change membership	5	change_membership
19	Can delete membership	5	delete_membership
20	Can view membership	5	view_membership
21	Can add session	6	add_session
22	Can change session	6	change_session
23	Can delete session	6	delete_session
24	Can view session	6	view_session
25	Can add failed sign in	7	add_failedsignin
26	Can change failed sign in	7	change_failedsignin
27	Can delete failed sign in	7	delete_failedsignin
28	Can view failed sign in	7	view_failedsignin
29	Can add programme record	8	add_programmerecord
30	Can change programme record	8	change_programmerecord
31	Can delete programme record	8	delete_programmerecord
32	Can view programme record	8	view_programmerecord
33	Can add announcement record	9	add_announcementrecord
34	Can change announcement record	9	change_announcementrecord
35	Can delete announcement record	9	delete_announcementrecord
36	Can view announcement record	9	view_announcementrecord
37	Can add seal record	10	add_sealrecord
38	Can change seal record	10	change_sealrecord
39	Can delete seal record	10	delete_sealrecord
40	Can view seal record	10	view_sealrecord
41	Can add books record	11	add_booksrecord
42	Can change books record	11	change_booksrecord
43	Can delete books record	11	delete_booksrecord
44	Can view books record	11	view_booksrecord
45	Can add spot record	12	add_spotrecord
46	Can change spot record	12	change_spotrecord
47	Can delete spot record	12	delete_spotrecord
48	Can view spot record	12	view_spotrecord
49	Can add bin record	13	add_binrecord
50	Can change bin record	13	change_binrecord
51	Can delete bin record	13	delete_binrecord
52	Can view bin record	13	view_binrecord
53	Can add entry record	14	add_entryrecord
54	Can change entry record	14	change_entryrecord
55	Can delete entry record	14	delete_entryrecord
56	Can view entry record	14	view_entryrecord
57	Can add posting record	15	add_postingrecord
58	Can change posting record	15	change_postingrecord
59	Can delete posting record	15	delete_postingrecord
60	Can view posting record	15	view_postingrecord
61	Can add goods record	16	add_goodsrecord
62	Can change goods record	16	change_goodsrecord
63	Can delete goods record	16	delete_goodsrecord
64	Can view goods record	16	view_goodsrecord
65	Can add term record	17	add_termrecord
66	Can change term record	17	change_termrecord
67	Can delete term record	17	delete_termrecord
68	Can view term record	17	view_termrecord
69	Can add private record	18	add_privaterecord
70	Can change private record	18	change_privaterecord
71	Can delete private record	18	delete_privaterecord
72	Can view private record	18	view_privaterecord
73	Can add checkpoint record	19	add_checkpointrecord
74	Can change checkpoint record	19	change_checkpointrecord
75	Can delete checkpoint record	19	delete_checkpointrecord
76	Can view checkpoint record	19	view_checkpointrecord
77	Can add total record	20	add_totalrecord
78	Can change total record	20	change_totalrecord
79	Can delete total record	20	delete_totalrecord
80	Can view total record	20	view_totalrecord
81	Can add delivery record	21	add_deliveryrecord
82	Can change delivery record	21	change_deliveryrecord
83	Can delete delivery record	21	delete_deliveryrecord
84	Can view delivery record	21	view_deliveryrecord
85	Can add instrument version	22	add_instrumentversion
86	Can change instrument version	22	change_instrumentversion
87	Can delete instrument version	22	delete_instrumentversion
88	Can view instrument version	22	view_instrumentversion
89	Can add item record	23	add_itemrecord
90	Can change item record	23	change_itemrecord
91	Can delete item record	23	delete_itemrecord
92	Can view item record	23	view_itemrecord
93	Can add load note	24	add_loadnote
94	Can change load note	24	change_loadnote
95	Can delete load note	24	delete_loadnote
96	Can view load note	24	view_loadnote
97	Can add package record	25	add_packagerecord
98	Can change package record	25	change_packagerecord
99	Can delete package record	25	delete_packagerecord
100	Can view package record	25	view_packagerecord
101	Can add plan input	26	add_planinput
102	Can change plan input	26	change_planinput
103	Can delete plan input	26	delete_planinput
104	Can view plan input	26	view_planinput
105	Can add plan run	27	add_planrun
106	Can change plan run	27	change_planrun
107	Can delete plan run	27	delete_planrun
108	Can view plan run	27	view_planrun
109	Can add saved plan	28	add_savedplan
110	Can change saved plan	28	change_savedplan
111	Can delete saved plan	28	delete_savedplan
112	Can view saved plan	28	view_savedplan
113	Can add contribution pointer	29	add_contributionpointer
114	Can change contribution pointer	29	change_contributionpointer
115	Can delete contribution pointer	29	delete_contributionpointer
116	Can view contribution pointer	29	view_contributionpointer
117	Can add publication note	30	add_publicationnote
118	Can change publication note	30	change_publicationnote
119	Can delete publication note	30	delete_publicationnote
120	Can view publication note	30	view_publicationnote
121	Can add rate record	31	add_raterecord
122	Can change rate record	31	change_raterecord
123	Can delete rate record	31	delete_raterecord
124	Can view rate record	31	view_raterecord
125	Can add source record	32	add_sourcerecord
126	Can change source record	32	change_sourcerecord
127	Can delete source record	32	delete_sourcerecord
128	Can view source record	32	view_sourcerecord
129	Can add stated total record	33	add_statedtotalrecord
130	Can change stated total record	33	change_statedtotalrecord
131	Can delete stated total record	33	delete_statedtotalrecord
132	Can view stated total record	33	view_statedtotalrecord
\.


--
-- Data for Name: books; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books (id, programme_id, currencies, public, size, peaks, newest_id, digest) FROM stdin;
1	1	EUR JPY USD	t	22	\\xcd5f631f0ad15c0cb93ac9e1aac5e5255059a1a23654fdfefe7675ae5e2610707cabb5eca4b51a63f3bbd2afc41493a0b7253e7017f89333387054346bcf3ec5ecdbe586534623a9b194754989dde4b09e321966718d3c17b2fa0b40a71b30ac	1099511627797	\\x85ea2eae213b36af3706e8bd7736029a9abc1ee2b7becb19e100e647238b6903
\.


--
-- Data for Name: books_bin; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books_bin (id, books_id, place, line, currency, lot, units, changed_by) FROM stdin;
1	1	source	L1	USD		-10	1099511627789
3	1	source	L2	USD		-2000	1099511627790
4	1	ordered	L2	USD		2000	1099511627790
5	1	source	L3	USD		-500	1099511627791
6	1	ordered	L3	USD		500	1099511627791
7	1	delivered	L1	USD	D1	0	1099511627793
8	1	accepted	L1	USD	D1	4	1099511627793
2	1	ordered	L1	USD		0	1099511627795
9	1	delivered	L1	USD	D2	6	1099511627795
\.


--
-- Data for Name: books_checkpoint; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books_checkpoint (id, books_id, size, made_at, note, digest) FROM stdin;
\.


--
-- Data for Name: books_entry; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books_entry (id, books_id, "position", key, kind, effective_on, recorded_at, body, takes_back_id) FROM stdin;
1099511627776	1	0	e1	pledge	2025-08-01	2025-08-01 12:00:00+00	{"amount":2000000000,"contribution":"N","currency":"EUR","effective_on":"2025-08-01","id":"e1","partner":"Northland","type":"pledge"}	\N
1099511627777	1	1	e2	pledge	2025-08-01	2025-08-01 12:00:00+00	{"amount":3000000000,"contribution":"W","currency":"USD","effective_on":"2025-08-01","id":"e2","partner":"Westmark","type":"pledge"}	\N
1099511627778	1	2	e3	commit	2025-08-05	2025-08-05 12:00:00+00	{"amount":2000000000,"contribution":"N","effective_on":"2025-08-05","id":"e3","type":"commit"}	\N
1099511627779	1	3	e4	commit	2025-08-05	2025-08-05 12:00:00+00	{"amount":3000000000,"contribution":"W","effective_on":"2025-08-05","id":"e4","type":"commit"}	\N
1099511627780	1	4	e5	receive	2025-08-10	2025-08-10 12:00:00+00	{"amount":2000000000,"contribution":"N","effective_on":"2025-08-10","id":"e5","type":"receive"}	\N
1099511627781	1	5	e6	receive	2025-08-10	2025-08-10 12:00:00+00	{"amount":3000000000,"contribution":"W","effective_on":"2025-08-10","id":"e6","type":"receive"}	\N
1099511627782	1	6	e7	convert	2025-08-11	2025-08-11 12:00:00+00	{"effective_on":"2025-08-11","from_currency":"EUR","given":{"N":2000000000},"id":"e7","received":2207000000,"to_currency":"USD","type":"convert"}	\N
1099511627783	1	7	e8	fee	2025-08-11	2025-08-11 12:00:00+00	{"amount":1103500,"contributions":["N"],"currency":"USD","effective_on":"2025-08-11","id":"e8","type":"fee"}	\N
1099511627784	1	8	e9	allocate	2025-08-12	2025-08-12 12:00:00+00	{"amount":1800000000,"contribution":"N","currency":"USD","effective_on":"2025-08-12","id":"e9","line":"L1","type":"allocate"}	\N
1099511627785	1	9	e10	allocate	2025-08-12	2025-08-12 12:00:00+00	{"amount":2200000000,"contribution":"W","effective_on":"2025-08-12","id":"e10","line":"L1","type":"allocate"}	\N
1099511627786	1	10	e11	allocate	2025-08-12	2025-08-12 12:00:00+00	{"amount":400000000,"contribution":"N","currency":"USD","effective_on":"2025-08-12","id":"e11","line":"L2","type":"allocate"}	\N
1099511627787	1	11	e12	allocate	2025-08-12	2025-08-12 12:00:00+00	{"amount":200000000,"contribution":"W","effective_on":"2025-08-12","id":"e12","line":"L2","type":"allocate"}	\N
1099511627788	1	12	e13	allocate	2025-08-12	2025-08-12 12:00:00+00	{"amount":400000000,"contribution":"W","effective_on":"2025-08-12","id":"e13","line":"L3","type":"allocate"}	\N
1099511627789	1	13	e14	order	2025-08-15	2025-08-15 12:00:00+00	{"currency":"USD","effective_on":"2025-08-15","id":"e14","line":"L1","qty":10,"type":"order","unit_price":400000000}	\N
1099511627790	1	14	e15	order	2025-08-15	2025-08-15 12:00:00+00	{"currency":"USD","effective_on":"2025-08-15","id":"e15","line":"L2","qty":2000,"type":"order","unit_price":300000}	\N
1099511627791	1	15	e16	order	2025-08-15	2025-08-15 12:00:00+00	{"currency":"USD","effective_on":"2025-08-15","id":"e16","line":"L3","qty":500,"type":"order","unit_price":800000}	\N
1099511627792	1	16	e17	deliver	2025-09-01	2025-09-01 12:00:00+00	{"cost":1600000000,"currency":"USD","effective_on":"2025-09-01","id":"e17","line":"L1","lot":"D1","qty":4,"type":"deliver"}	\N
1099511627793	1	17	e18	accept	2025-09-05	2025-09-08 12:00:00+00	{"cost":1600000000,"currency":"USD","effective_on":"2025-09-05","id":"e18","lot":"D1","qty":4,"type":"accept"}	\N
1099511627794	1	18	e19	price_change	2025-09-10	2025-09-10 12:00:00+00	{"currency":"USD","effective_on":"2025-09-10","id":"e19","line":"L1","paid_by":{"W":180000000},"type":"price_change","unit_price":430000000}	\N
1099511627795	1	19	e20	deliver	2025-09-20	2025-09-20 12:00:00+00	{"cost":2580000000,"currency":"USD","effective_on":"2025-09-20","id":"e20","line":"L1","lot":"D2","qty":6,"type":"deliver"}	\N
1099511627796	1	20	e21	refund	2025-10-01	2025-10-01 12:00:00+00	{"amount":12000000,"currency":"USD","effective_on":"2025-10-01","id":"e21","lot":"D1","type":"refund"}	\N
1099511627797	1	21	e22	swap	2025-10-05	2025-10-05 12:00:00+00	{"amount":11200000,"currency":"USD","effective_on":"2025-10-05","from":"W","id":"e22","line":"L3","to":"N","type":"swap"}	\N
\.


--
-- Data for Name: books_goods; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books_goods (entry_id, number, bin_id, units) FROM stdin;
1099511627789	0	1	-10
1099511627789	1	2	10
1099511627790	0	3	-2000
1099511627790	1	4	2000
1099511627791	0	5	-500
1099511627791	1	6	500
1099511627792	0	2	-4
1099511627792	1	7	4
1099511627793	0	7	-4
1099511627793	1	8	4
1099511627795	0	2	-6
1099511627795	1	9	6
\.


--
-- Data for Name: books_posting; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books_posting (entry_id, number, spot_id, amount, effective_on) FROM stdin;
1099511627776	0	1	-2000000000	2025-08-01
1099511627776	1	2	2000000000	2025-08-01
1099511627777	0	3	-3000000000	2025-08-01
1099511627777	1	4	3000000000	2025-08-01
1099511627778	0	2	-2000000000	2025-08-05
1099511627778	1	5	2000000000	2025-08-05
1099511627779	0	4	-3000000000	2025-08-05
1099511627779	1	6	3000000000	2025-08-05
1099511627780	0	5	-2000000000	2025-08-10
1099511627780	1	7	2000000000	2025-08-10
1099511627781	0	6	-3000000000	2025-08-10
1099511627781	1	8	3000000000	2025-08-10
1099511627782	0	7	-2000000000	2025-08-11
1099511627782	1	9	2000000000	2025-08-11
1099511627782	2	10	-2207000000	2025-08-11
1099511627782	3	11	2207000000	2025-08-11
1099511627783	0	11	-1103500	2025-08-11
1099511627783	1	12	1103500	2025-08-11
1099511627784	0	11	-1800000000	2025-08-12
1099511627784	1	13	1800000000	2025-08-12
1099511627785	0	8	-2200000000	2025-08-12
1099511627785	1	14	2200000000	2025-08-12
1099511627786	0	11	-400000000	2025-08-12
1099511627786	1	15	400000000	2025-08-12
1099511627787	0	8	-200000000	2025-08-12
1099511627787	1	16	200000000	2025-08-12
1099511627788	0	8	-400000000	2025-08-12
1099511627788	1	17	400000000	2025-08-12
1099511627789	0	13	-1800000000	2025-08-15
1099511627789	1	18	1800000000	2025-08-15
1099511627789	2	14	-2200000000	2025-08-15
1099511627789	3	19	2200000000	2025-08-15
1099511627790	0	15	-400000000	2025-08-15
1099511627790	1	20	400000000	2025-08-15
1099511627790	2	16	-200000000	2025-08-15
1099511627790	3	21	200000000	2025-08-15
1099511627791	0	17	-400000000	2025-08-15
1099511627791	1	22	400000000	2025-08-15
1099511627792	0	18	-720000000	2025-09-01
1099511627792	1	23	720000000	2025-09-01
1099511627792	2	19	-880000000	2025-09-01
1099511627792	3	24	880000000	2025-09-01
1099511627793	0	23	-720000000	2025-09-05
1099511627793	1	25	720000000	2025-09-05
1099511627793	2	24	-880000000	2025-09-05
1099511627793	3	26	880000000	2025-09-05
1099511627794	0	8	-180000000	2025-09-10
1099511627794	1	19	180000000	2025-09-10
1099511627795	0	18	-1080000000	2025-09-20
1099511627795	1	27	1080000000	2025-09-20
1099511627795	2	19	-1500000000	2025-09-20
1099511627795	3	28	1500000000	2025-09-20
1099511627796	0	25	-5400000	2025-10-01
1099511627796	1	11	5400000	2025-10-01
1099511627796	2	26	-6600000	2025-10-01
1099511627796	3	8	6600000	2025-10-01
1099511627797	0	22	-11200000	2025-10-05
1099511627797	1	8	11200000	2025-10-05
1099511627797	2	11	-11200000	2025-10-05
1099511627797	3	29	11200000	2025-10-05
\.


--
-- Data for Name: books_private; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books_private (entry_id, name, commitment, text, salt) FROM stdin;
\.


--
-- Data for Name: books_seal; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books_seal (id, leaf, root) FROM stdin;
1099511627776	\\x1c86ee39219cd06aa95115ea9041b6368e4180f83a7031203c2e3b41fb1829a2	\\x1c86ee39219cd06aa95115ea9041b6368e4180f83a7031203c2e3b41fb1829a2
1099511627777	\\x6d8aaa0e2b31c4eb0bc21110f7f11f4d2ffd78e08d9069e760a230c7932ca3f7	\\x4bd0fdccada7df039b1642e6d763a187380f493014c73615961a86668982cbaa
1099511627778	\\xc3401f2b2fb7642a9b301f130c60b8b6f45812a2db7637df24796bf336dadd37	\\xbafdf05347eb523832eafe8571040fc482f46cf630338d17efc5bcdaa54b0fb5
1099511627779	\\x23f46bd86c8b2f5ff7a5c3c327964b06b55ca1ae0dd08a0aa8e4b8d094fa831f	\\xb6ca1e8b77b30c2ff7ba051a6d00039e449d3a9e396166be09c8074c83829d81
1099511627780	\\xc17e82666b002e0304f25c6c3c352956fdaf2d2c0054391f5a7602a1ec0225d3	\\xdb506d846c1d3da4b5167dce08b3471e9a11cc0c2b1d572b8ec00bb808b38f47
1099511627781	\\x45c7986e3d72d44a7ff4e76a2e992c8cca1acf2860745bcf7075b81cd589149a	\\x4197fe6fcdc621d440ce037f43e8c683fbd2f6169fa2b204375db53282b6995d
1099511627782	\\x0e07c6037a848c2685cfc3a8ee515c1fec723c9ca7e8a3a97b0e0592c7d5ac9d	\\xf42d49119eb68dacaeb8c8c72c6c14e07947e7e20442480a83848d5c5bbb0032
1099511627783	\\x9bb0ebeb322813665eb6beaf31f33d9461d79a65573357cba86de751f6eebb77	\\x485e22f7cf7155661fcd215747bd5c519b26cf726e43246ce432963e3d280578
1099511627784	\\xaa4178ec6b8c4789f31c1090172de70704b81f79968ad01d136919b3eeb480ec	\\x4528a40a26fb20dace8748c3e305becf54925be4e1a06b5f522465fe50d67a30
1099511627785	\\x1b169605d85f213b2b1c466e4f4da591d470ba773d248d1de1b8f4379082bb45	\\x1d4afc0c6ef05646af0ab941a521bdc5c56db81afd8293821fd3d673440cfc04
1099511627786	\\xdcd05014c86dfdb88495c32a8786136453155762690d98d98848ab29f8ac0d37	\\xd40c9608f1e12ba8450a5f2b070d555a9b6e6d2d27ca5f8f84fd611d354ce223
1099511627787	\\x8f76501792a29ee3c509e255d208c9a6698ab4cfdbed5ef11ae2dde5a2a729b0	\\x9365789ffb53bbe9fc89043b6b8ae3591150163641062a9fdc109ac811ea92ee
1099511627788	\\x1a7fd8afd80f5392988d08232f2fbf94a865aaa7bba8600093058d7eb37c9341	\\x4826bcbda8637d27e161a0acdf8445273400c64b3a9d73b2eddc4c1890c0b07d
1099511627789	\\x71af3225a1cf8338a0ccb4d37f503cb842920ed2e7fa355408a4821f4da5303b	\\x3375de8266bf0af4ced42f037d50ef3e742b7b6354ff40a6430b1cdff1745a10
1099511627790	\\xc3bdd265901fa9465a3e5e3a2caa23360bd14ae9e5388cf2a0059c5c937b67cc	\\x01ab99abf6e32714b8b1c5c605b6e28be005393ec9eb3da3941c45a974259a25
1099511627791	\\xfea5453040d103e877d19f0450b91dbd4c738ed4a5e4bc8c3c222f6cc183796b	\\xcd5f631f0ad15c0cb93ac9e1aac5e5255059a1a23654fdfefe7675ae5e261070
1099511627792	\\x20665d2cc01996a86a8f8cc34134f0b0f94242ad4acf47ab9277c8fc6485a36f	\\x6fb5377dd46f4c19b3db25f9d372141fcd9a414dadcf7550d8fb7979356dd505
1099511627793	\\xfcef5d114c65c1e1a7241703018fcb0f217bc0ca9fa9da7ea1cf7e788757ee0d	\\xfbcbc1d12bf6e91bea2730cb8d9666de1f8da99f738965d143378c450d1479ea
1099511627794	\\xf46f4555da106eacc5a5249c4c4ccf3728fee9d105ca7ba7a208853377c25cd4	\\x843ff7723aae00c290695dc2ebb6d7d2a6c66213d5ddfe3674b5ee977c18c83d
1099511627795	\\x8f9b73d4ddf2d509ef359e430c6a68a720e81f5647dbf47f571e4114882a4340	\\xf852638c7b8e25625a8954abb6bb22094c29ff28870b216bdfde611aef4e1465
1099511627796	\\xb4fde20e3a15960dbdf0b7d53ad6ee61789ce4c395656f664a7f5410cb8b76b5	\\xeca395949014681463f3c2f24754637788ad49af40915821c51274d00a06cad4
1099511627797	\\xb864cf310374bb27c8ae98bc8ad33c0a925dac287b3be730679e57b2ecd3a7ff	\\xbcd7d4c766765285866de9ca23dc8ec1202f02726428b071a5c7785340f9b606
\.


--
-- Data for Name: books_spot; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books_spot (id, books_id, account, contribution, currency, line, lot, balance, changed_by) FROM stdin;
1	1	source	N	EUR			-2000000000	1099511627776
3	1	source	W	USD			-3000000000	1099511627777
2	1	pledged	N	EUR			0	1099511627778
4	1	pledged	W	USD			0	1099511627779
5	1	committed	N	EUR			0	1099511627780
6	1	committed	W	USD			0	1099511627781
7	1	available	N	EUR			0	1099511627782
9	1	fx	N	EUR			2000000000	1099511627782
10	1	fx	N	USD			-2207000000	1099511627782
12	1	fees	N	USD			1103500	1099511627783
13	1	allocated	N	USD	L1		0	1099511627789
14	1	allocated	W	USD	L1		0	1099511627789
15	1	allocated	N	USD	L2		0	1099511627790
16	1	allocated	W	USD	L2		0	1099511627790
20	1	ordered	N	USD	L2		400000000	1099511627790
21	1	ordered	W	USD	L2		200000000	1099511627790
17	1	allocated	W	USD	L3		0	1099511627791
23	1	delivered	N	USD	L1	D1	0	1099511627793
24	1	delivered	W	USD	L1	D1	0	1099511627793
18	1	ordered	N	USD	L1		0	1099511627795
19	1	ordered	W	USD	L1		0	1099511627795
27	1	delivered	N	USD	L1	D2	1080000000	1099511627795
28	1	delivered	W	USD	L1	D2	1500000000	1099511627795
25	1	accepted	N	USD	L1	D1	714600000	1099511627796
26	1	accepted	W	USD	L1	D1	873400000	1099511627796
22	1	ordered	W	USD	L3		388800000	1099511627797
11	1	available	N	USD			96500	1099511627797
8	1	available	W	USD			37800000	1099511627797
29	1	ordered	N	USD	L3		11200000	1099511627797
\.


--
-- Data for Name: books_term; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books_term (entry_id, number, name, about, beside, value) FROM stdin;
1099511627776	0	partner	N		Northland
1099511627776	1	currency	N		EUR
1099511627777	0	partner	W		Westmark
1099511627777	1	currency	W		USD
1099511627789	0	unit_price	L1	USD	400000000
1099511627790	0	unit_price	L2	USD	300000
1099511627791	0	unit_price	L3	USD	800000
1099511627792	0	line of lot	D1		L1
1099511627792	1	currency of lot	D1		USD
1099511627794	0	unit_price	L1	USD	430000000
1099511627795	0	line of lot	D2		L1
1099511627795	1	currency of lot	D2		USD
\.


--
-- Data for Name: books_total; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.books_total (until, spot_id, effective_on, amount) FROM stdin;
\.


--
-- Data for Name: django_content_type; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_content_type (id, app_label, model) FROM stdin;
1	contenttypes	contenttype
2	auth	permission
3	auth	group
4	accounts	user
5	accounts	membership
6	accounts	session
7	accounts	failedsignin
8	records	programmerecord
9	records	announcementrecord
10	records	sealrecord
11	records	booksrecord
12	records	spotrecord
13	records	binrecord
14	records	entryrecord
15	records	postingrecord
16	records	goodsrecord
17	records	termrecord
18	records	privaterecord
19	records	checkpointrecord
20	records	totalrecord
21	records	deliveryrecord
22	records	instrumentversion
23	records	itemrecord
24	records	loadnote
25	records	packagerecord
26	records	planinput
27	records	planrun
28	records	savedplan
29	records	contributionpointer
30	records	publicationnote
31	records	raterecord
32	records	sourcerecord
33	records	statedtotalrecord
\.


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_migrations (id, app, name, applied) FROM stdin;
1	accounts	0001_initial	2026-11-29 02:39:08.403884+00
2	contenttypes	0001_initial	2026-11-29 02:39:08.447533+00
3	contenttypes	0002_remove_content_type_name	2026-11-29 02:39:08.507843+00
4	auth	0001_initial	2026-11-29 02:39:08.659654+00
5	auth	0002_alter_permission_name_max_length	2026-11-29 02:39:08.691696+00
6	auth	0003_alter_user_email_max_length	2026-11-29 02:39:08.71412+00
7	auth	0004_alter_user_username_opts	2026-11-29 02:39:08.748341+00
8	auth	0005_alter_user_last_login_null	2026-11-29 02:39:08.774624+00
9	auth	0006_require_contenttypes_0002	2026-11-29 02:39:08.787626+00
10	auth	0007_alter_validators_add_error_messages	2026-11-29 02:39:08.820467+00
11	auth	0008_alter_user_username_max_length	2026-11-29 02:39:08.83471+00
12	auth	0009_alter_user_last_name_max_length	2026-11-29 02:39:08.867111+00
13	auth	0010_alter_group_name_max_length	2026-11-29 02:39:08.907466+00
14	auth	0011_update_proxy_permissions	2026-11-29 02:39:08.949797+00
15	auth	0012_alter_user_first_name_max_length	2026-11-29 02:39:08.999101+00
16	records	0001_initial	2026-11-29 02:39:11.725457+00
17	records	0002_guards	2026-11-29 02:39:11.883745+00
\.


--
-- Data for Name: records_announcementrecord; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_announcementrecord (id, programme_id, place, ref, partners, announced_on, month_only, amount_minor, amount_currency, reported_usd_minor, package, stage, earmark, title, sources, relation, relates_to, note) FROM stdin;
1	1	0	C001	["NLD"]	2025-08-04	f	50000000000	EUR	\N		announced		Announcement C001	["S001"]		[]	
\.


--
-- Data for Name: records_contributionpointer; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_contributionpointer (id, instrument, obligation, programme, contribution, points, reason, said_by, said_at) FROM stdin;
\.


--
-- Data for Name: records_deliveryrecord; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_deliveryrecord (id, programme_id, place, digest, "when", packages, what, sources, note) FROM stdin;
1	1	0	3126074eb5b2dd23e59444edf90cbb5ef3c53fef0f59da342bab819044c84259	2025-09	["PKG01"]	The first crane arrived	["S001"]	
\.


--
-- Data for Name: records_instrumentversion; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_instrumentversion (id, programme, instrument, number, text, is_withdrawn, reason, saved_by, saved_at) FROM stdin;
1		a-text	1	x = 1	f	r	olena	2026-01-01 00:00:00+00
\.


--
-- Data for Name: records_itemrecord; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_itemrecord (id, programme_id, place, ref, name, category, unit_of_issue, price_low_minor, price_high_minor, price_currency, price_year, price_basis, lead_time_months_low, lead_time_months_high, sources, note) FROM stdin;
1	1	0	crane	Harbour crane	lifting	EA	100000000	200000000	USD	2025	press	6	12	["S001"]	
\.


--
-- Data for Name: records_loadnote; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_loadnote (id, programme_id, loaded_on, loaded_by, pruned, revision, counts) FROM stdin;
1	1	2026-01-01	a test	f	1	{"items": {"kept": 0, "added": 1, "changed": 0, "removed": 0, "unchanged": 0}, "rates": {"kept": 0, "added": 1, "changed": 0, "removed": 0, "unchanged": 0}, "sources": {"kept": 0, "added": 1, "changed": 0, "removed": 0, "unchanged": 0}, "packages": {"kept": 0, "added": 1, "changed": 0, "removed": 0, "unchanged": 0}, "deliveries": {"kept": 0, "added": 1, "changed": 0, "removed": 0, "unchanged": 0}, "announcements": {"kept": 0, "added": 1, "changed": 0, "removed": 0, "unchanged": 0}, "stated_totals": {"kept": 0, "added": 1, "changed": 0, "removed": 0, "unchanged": 0}}
\.


--
-- Data for Name: records_packagerecord; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_packagerecord (id, programme_id, place, ref, number, announced_on, value_minor, currency, funders, contents, delivery_reported_on, sources, note) FROM stdin;
1	1	0	PKG01	1	2025-08-04	50000000000	USD	["NLD"]	cranes	\N	["S001"]	
\.


--
-- Data for Name: records_planinput; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_planinput (id, ref, programme_id, name, origin, file_name, upload, marked, problem, digest, findings, kept, first_day, saved_at, saved_by) FROM stdin;
1	RJnqMitpreSUeCHSSJRsjD1R	1	Invented	json	invented.json	\\x7b2263757272656e6379223a2022555344222c202263617465676f72696573223a207b2264726f6e65223a2022616972222c2022726164696f223a20227369676e616c73222c2022737472657463686572223a20226d65646963616c222c202267656e657261746f72223a2022656e65726779227d2c20227061636b61676573223a205b7b226964223a2022502d31222c20226f726465725f646179223a20307d5d2c20226c696e6573223a205b7b226964223a2022522d31222c20226974656d223a202264726f6e65222c20227175616e74697479223a2031302c20227072696f72697479223a20312c20226e6565645f6279223a2034307d2c207b226964223a2022522d32222c20226974656d223a2022726164696f222c20227175616e74697479223a20342c20227072696f72697479223a20312c20226e6565645f6279223a2032307d2c207b226964223a2022522d33222c20226974656d223a2022737472657463686572222c20227175616e74697479223a2032302c20227072696f72697479223a20327d2c207b226964223a2022522d34222c20226974656d223a202267656e657261746f72222c20227175616e74697479223a2031302c20227072696f72697479223a20322c20226e6565645f6279223a2039307d5d2c20226f6666657273223a205b7b226964223a20224f2d31222c20226974656d223a202264726f6e65222c2022756e69745f70726963655f6d696e6f72223a20353030302c20226c6561645f64617973223a2031302c2022737570706c696572223a20224d616b65722041227d2c207b226964223a20224f2d32222c20226974656d223a2022726164696f222c2022756e69745f70726963655f6d696e6f72223a2031303030302c20226c6561645f64617973223a2033302c2022737570706c696572223a20224d616b65722042227d2c207b226964223a20224f2d33222c20226974656d223a2022737472657463686572222c2022756e69745f70726963655f6d696e6f72223a20323030302c20226c6561645f64617973223a20352c2022737570706c696572223a20224d616b65722042227d2c207b226964223a20224f2d34222c20226974656d223a202267656e657261746f72222c2022756e69745f70726963655f6d696e6f72223a20393030302c20226c6561645f64617973223a2036302c2022737570706c696572223a20224d616b65722041227d5d2c2022636f6e747269627574696f6e73223a205b7b226964223a2022432d616e79222c2022706172746e6572223a20225275726974616e6961222c2022616d6f756e745f6d696e6f72223a203130303030302c202263757272656e6379223a2022555344227d2c207b226964223a2022432d6d6564222c2022706172746e6572223a202247726175737461726b222c2022616d6f756e745f6d696e6f72223a2035303030302c202263757272656e6379223a2022555344222c20226561726d61726b223a207b22616c6c6f77223a207b2263617465676f7279223a205b226d65646963616c225d7d7d7d5d7d	\\x	{"currency": "USD", "categories": {"drone": "air", "generator": "energy", "radio": "signals", "stretcher": "medical"}, "packages": [{"id": "P-1", "order_day": 0}], "lines": [{"id": "R-1", "item": "drone", "quantity": 10, "priority": 1, "need_by": 40}, {"id": "R-2", "item": "radio", "quantity": 4, "priority": 1, "need_by": 20}, {"id": "R-3", "item": "stretcher", "quantity": 20, "priority": 2}, {"id": "R-4", "item": "generator", "quantity": 10, "priority": 2, "need_by": 90}], "offers": [{"id": "O-1", "item": "drone", "unit_price_minor": 5000, "lead_days": 10, "supplier": "Maker A"}, {"id": "O-2", "item": "radio", "unit_price_minor": 10000, "lead_days": 30, "supplier": "Maker B"}, {"id": "O-3", "item": "stretcher", "unit_price_minor": 2000, "lead_days": 5, "supplier": "Maker B"}, {"id": "O-4", "item": "generator", "unit_price_minor": 9000, "lead_days": 60, "supplier": "Maker A"}], "contributions": [{"id": "C-any", "amount_minor": 100000, "currency": "USD", "partner": "Ruritania"}, {"id": "C-med", "amount_minor": 50000, "currency": "USD", "earmark": {"allow": {"category": ["medical"]}}, "partner": "Graustark"}]}	35daefb2e6f9440c162274875f0402cce6ced0499e7503870fd7caf0c56780c0	[]	{"lines": 4, "offers": 4, "packages": 1, "contributions": 2}	\N	2026-03-01 12:00:00+00	ada
\.


--
-- Data for Name: records_planrun; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_planrun (id, ref, programme_id, input_id, base_id, kind, change, mode, budget_seconds, state, stop_wanted, progress, result, said, asked_at, asked_by, began_at, beat_at, ended_at) FROM stdin;
\.


--
-- Data for Name: records_programmerecord; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_programmerecord (id, slug, name, short_name, about, recipient, validator, supplier, package_size_minor, package_size_currency, base_currency, time_zone, maximum_rate_age_days, public_fields, parties, coverage, official_speakers, invented, published, revision, stamp) FROM stdin;
1	harbour	Harbour Repair Fund (invented)	Harbour	An invented programme.	Ruritania	an invented committee	an invented supplier	50000000000	USD	EUR	UTC	31	{"items": ["price", "lead_time", "note"], "packages": ["contents", "delivery_reported_on", "note"], "deliveries": ["packages", "what", "note"], "announcements": ["earmark", "note"], "stated_totals": ["note"]}	{}	\N	[]	f	t	1	a1bfab73-837c-413e-8cc6-53e8ce244c80
\.


--
-- Data for Name: records_publicationnote; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_publicationnote (id, programme_id, subject, is_public, noted_by, noted_at) FROM stdin;
1	1	programme	t	this machine	2026-01-01 00:00:00+00
2	1	books	t	this machine	2026-01-01 00:00:00+00
\.


--
-- Data for Name: records_raterecord; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_raterecord (id, programme_id, place, day, base, currency, rate, source) FROM stdin;
1	1	0	2025-08-04	EUR	USD	1.1565	S001
\.


--
-- Data for Name: records_savedplan; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_savedplan (id, run_id, digest, policy, answer, seal, saved_at, saved_by) FROM stdin;
\.


--
-- Data for Name: records_sourcerecord; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_sourcerecord (id, programme_id, place, ref, url, publisher, published_on, title, accessed_as) FROM stdin;
1	1	0	S001	https://example.org/S001	Example Gazette	2025-08-04	Page S001	page
\.


--
-- Data for Name: records_statedtotalrecord; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.records_statedtotalrecord (id, programme_id, place, digest, as_of, measure, value, unit, said_by, sources, note) FROM stdin;
1	1	0	d3ebe2381ba482f957646727267633b6ced6051beae426ed39cc8582c954f7b9	2025-08-04	total_contributed_usd	500000000	USD	a minister	["S001"]	
\.


--
-- Name: accounts_failedsignin_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_failedsignin_id_seq', 1, false);


--
-- Name: accounts_membership_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_membership_id_seq', 2, true);


--
-- Name: accounts_user_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_user_id_seq', 1, true);


--
-- Name: auth_group_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);


--
-- Name: auth_permission_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_permission_id_seq', 132, true);


--
-- Name: books_bin_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.books_bin_id_seq', 9, true);


--
-- Name: books_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.books_id_seq', 1, true);


--
-- Name: books_spot_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.books_spot_id_seq', 29, true);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.django_content_type_id_seq', 33, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.django_migrations_id_seq', 17, true);


--
-- Name: records_announcementrecord_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_announcementrecord_id_seq', 1, true);


--
-- Name: records_contributionpointer_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_contributionpointer_id_seq', 1, false);


--
-- Name: records_deliveryrecord_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_deliveryrecord_id_seq', 1, true);


--
-- Name: records_instrumentversion_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_instrumentversion_id_seq', 1, true);


--
-- Name: records_itemrecord_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_itemrecord_id_seq', 1, true);


--
-- Name: records_loadnote_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_loadnote_id_seq', 1, true);


--
-- Name: records_packagerecord_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_packagerecord_id_seq', 1, true);


--
-- Name: records_planinput_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_planinput_id_seq', 1, true);


--
-- Name: records_planrun_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_planrun_id_seq', 1, false);


--
-- Name: records_programmerecord_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_programmerecord_id_seq', 1, true);


--
-- Name: records_publicationnote_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_publicationnote_id_seq', 2, true);


--
-- Name: records_raterecord_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_raterecord_id_seq', 1, true);


--
-- Name: records_savedplan_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_savedplan_id_seq', 1, false);


--
-- Name: records_sourcerecord_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_sourcerecord_id_seq', 1, true);


--
-- Name: records_statedtotalrecord_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.records_statedtotalrecord_id_seq', 1, true);


--
-- Name: accounts_failedsignin accounts_failedsignin_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_failedsignin
    ADD CONSTRAINT accounts_failedsignin_pkey PRIMARY KEY (id);


--
-- Name: accounts_membership accounts_membership_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_pkey PRIMARY KEY (id);


--
-- Name: accounts_session accounts_session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_session
    ADD CONSTRAINT accounts_session_pkey PRIMARY KEY (digest);


--
-- Name: accounts_user accounts_user_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);


--
-- Name: accounts_user accounts_user_username_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_username_key UNIQUE (username);


--
-- Name: records_announcementrecord announcement_ref; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_announcementrecord
    ADD CONSTRAINT announcement_ref UNIQUE (programme_id, ref);


--
-- Name: auth_group auth_group_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);


--
-- Name: auth_group_permissions auth_group_permissions_group_id_permission_id_0cd325b0_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);


--
-- Name: auth_group_permissions auth_group_permissions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);


--
-- Name: auth_group auth_group_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);


--
-- Name: auth_permission auth_permission_content_type_id_codename_01ab375a_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);


--
-- Name: auth_permission auth_permission_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);


--
-- Name: books_bin books_bin_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_bin
    ADD CONSTRAINT books_bin_once UNIQUE (books_id, line, place, currency, lot);


--
-- Name: books_bin books_bin_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_bin
    ADD CONSTRAINT books_bin_pkey PRIMARY KEY (id);


--
-- Name: books_checkpoint books_checkpoint_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_checkpoint
    ADD CONSTRAINT books_checkpoint_pkey PRIMARY KEY (id);


--
-- Name: books_entry books_entry_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_entry
    ADD CONSTRAINT books_entry_key UNIQUE (books_id, key);


--
-- Name: books_entry books_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_entry
    ADD CONSTRAINT books_entry_pkey PRIMARY KEY (id);


--
-- Name: books_entry books_entry_takes_back_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_entry
    ADD CONSTRAINT books_entry_takes_back_id_key UNIQUE (takes_back_id);


--
-- Name: books_goods books_goods_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_goods
    ADD CONSTRAINT books_goods_pkey PRIMARY KEY (entry_id, number);


--
-- Name: books books_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books
    ADD CONSTRAINT books_pkey PRIMARY KEY (id);


--
-- Name: books_posting books_posting_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_posting
    ADD CONSTRAINT books_posting_pkey PRIMARY KEY (entry_id, number);


--
-- Name: books_private books_private_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_private
    ADD CONSTRAINT books_private_pkey PRIMARY KEY (entry_id, name);


--
-- Name: books books_programme_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books
    ADD CONSTRAINT books_programme_id_key UNIQUE (programme_id);


--
-- Name: books_seal books_seal_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_seal
    ADD CONSTRAINT books_seal_pkey PRIMARY KEY (id);


--
-- Name: books_spot books_spot_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_spot
    ADD CONSTRAINT books_spot_once UNIQUE (books_id, contribution, account, currency, line, lot);


--
-- Name: books_spot books_spot_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_spot
    ADD CONSTRAINT books_spot_pkey PRIMARY KEY (id);


--
-- Name: books_term books_term_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_term
    ADD CONSTRAINT books_term_pkey PRIMARY KEY (entry_id, number);


--
-- Name: books_total books_total_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_total
    ADD CONSTRAINT books_total_pkey PRIMARY KEY (until, spot_id, effective_on);


--
-- Name: records_deliveryrecord delivery_when_packages_what; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_deliveryrecord
    ADD CONSTRAINT delivery_when_packages_what UNIQUE (programme_id, digest);


--
-- Name: django_content_type django_content_type_app_label_model_76bd3d3b_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


--
-- Name: django_content_type django_content_type_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: records_instrumentversion instrument_version_is_numbered_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_instrumentversion
    ADD CONSTRAINT instrument_version_is_numbered_once UNIQUE (programme, instrument, number);


--
-- Name: records_itemrecord item_ref; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_itemrecord
    ADD CONSTRAINT item_ref UNIQUE (programme_id, ref);


--
-- Name: accounts_membership membership_is_given_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT membership_is_given_once UNIQUE (person_id, programme, role, party);


--
-- Name: records_packagerecord package_ref; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_packagerecord
    ADD CONSTRAINT package_ref UNIQUE (programme_id, ref);


--
-- Name: records_raterecord rate_day_base_currency; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_raterecord
    ADD CONSTRAINT rate_day_base_currency UNIQUE (programme_id, day, base, currency);


--
-- Name: records_announcementrecord records_announcementrecord_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_announcementrecord
    ADD CONSTRAINT records_announcementrecord_pkey PRIMARY KEY (id);


--
-- Name: records_contributionpointer records_contributionpointer_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_contributionpointer
    ADD CONSTRAINT records_contributionpointer_pkey PRIMARY KEY (id);


--
-- Name: records_deliveryrecord records_deliveryrecord_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_deliveryrecord
    ADD CONSTRAINT records_deliveryrecord_pkey PRIMARY KEY (id);


--
-- Name: records_instrumentversion records_instrumentversion_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_instrumentversion
    ADD CONSTRAINT records_instrumentversion_pkey PRIMARY KEY (id);


--
-- Name: records_itemrecord records_itemrecord_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_itemrecord
    ADD CONSTRAINT records_itemrecord_pkey PRIMARY KEY (id);


--
-- Name: records_loadnote records_loadnote_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_loadnote
    ADD CONSTRAINT records_loadnote_pkey PRIMARY KEY (id);


--
-- Name: records_packagerecord records_packagerecord_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_packagerecord
    ADD CONSTRAINT records_packagerecord_pkey PRIMARY KEY (id);


--
-- Name: records_planinput records_planinput_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_planinput
    ADD CONSTRAINT records_planinput_pkey PRIMARY KEY (id);


--
-- Name: records_planinput records_planinput_ref_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_planinput
    ADD CONSTRAINT records_planinput_ref_key UNIQUE (ref);


--
-- Name: records_planrun records_planrun_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_planrun
    ADD CONSTRAINT records_planrun_pkey PRIMARY KEY (id);


--
-- Name: records_planrun records_planrun_ref_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_planrun
    ADD CONSTRAINT records_planrun_ref_key UNIQUE (ref);


--
-- Name: records_programmerecord records_programmerecord_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_programmerecord
    ADD CONSTRAINT records_programmerecord_pkey PRIMARY KEY (id);


--
-- Name: records_programmerecord records_programmerecord_slug_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_programmerecord
    ADD CONSTRAINT records_programmerecord_slug_key UNIQUE (slug);


--
-- Name: records_publicationnote records_publicationnote_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_publicationnote
    ADD CONSTRAINT records_publicationnote_pkey PRIMARY KEY (id);


--
-- Name: records_raterecord records_raterecord_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_raterecord
    ADD CONSTRAINT records_raterecord_pkey PRIMARY KEY (id);


--
-- Name: records_savedplan records_savedplan_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_savedplan
    ADD CONSTRAINT records_savedplan_pkey PRIMARY KEY (id);


--
-- Name: records_savedplan records_savedplan_run_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_savedplan
    ADD CONSTRAINT records_savedplan_run_id_key UNIQUE (run_id);


--
-- Name: records_sourcerecord records_sourcerecord_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_sourcerecord
    ADD CONSTRAINT records_sourcerecord_pkey PRIMARY KEY (id);


--
-- Name: records_statedtotalrecord records_statedtotalrecord_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_statedtotalrecord
    ADD CONSTRAINT records_statedtotalrecord_pkey PRIMARY KEY (id);


--
-- Name: records_sourcerecord source_ref; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_sourcerecord
    ADD CONSTRAINT source_ref UNIQUE (programme_id, ref);


--
-- Name: records_statedtotalrecord stated_total_as_of_measure_said_by_value; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_statedtotalrecord
    ADD CONSTRAINT stated_total_as_of_measure_said_by_value UNIQUE (programme_id, digest);


--
-- Name: accounts_failedsignin_at_87a4b178; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_failedsignin_at_87a4b178 ON public.accounts_failedsignin USING btree (at);


--
-- Name: accounts_membership_person_id_cd00e383; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_membership_person_id_cd00e383 ON public.accounts_membership USING btree (person_id);


--
-- Name: accounts_session_digest_3358852e_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_session_digest_3358852e_like ON public.accounts_session USING btree (digest varchar_pattern_ops);


--
-- Name: accounts_session_expires_at_94e81f09; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_session_expires_at_94e81f09 ON public.accounts_session USING btree (expires_at);


--
-- Name: accounts_session_user_id_d5aaed01; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_session_user_id_d5aaed01 ON public.accounts_session USING btree (user_id);


--
-- Name: accounts_user_username_6088629e_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_user_username_6088629e_like ON public.accounts_user USING btree (username varchar_pattern_ops);


--
-- Name: auth_group_name_a6ea08ec_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);


--
-- Name: auth_group_permissions_group_id_b120cbf9; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);


--
-- Name: auth_group_permissions_permission_id_84c5c92e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);


--
-- Name: auth_permission_content_type_id_2f476e4b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);


--
-- Name: books_checkpoint_books_id_6d79d63a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX books_checkpoint_books_id_6d79d63a ON public.books_checkpoint USING btree (books_id);


--
-- Name: books_entry_by_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX books_entry_by_time ON public.books_entry USING btree (books_id, recorded_at, id);


--
-- Name: books_goods_bin_id_d9c5c248; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX books_goods_bin_id_d9c5c248 ON public.books_goods USING btree (bin_id);


--
-- Name: books_posting_by_spot; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX books_posting_by_spot ON public.books_posting USING btree (spot_id, effective_on, entry_id, amount);


--
-- Name: books_spot_line; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX books_spot_line ON public.books_spot USING btree (books_id, line);


--
-- Name: books_spot_lot; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX books_spot_lot ON public.books_spot USING btree (books_id, lot);


--
-- Name: books_term_about; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX books_term_about ON public.books_term USING btree (about, name);


--
-- Name: plan_run_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX plan_run_state ON public.records_planrun USING btree (state);


--
-- Name: pointer_of_obligation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX pointer_of_obligation ON public.records_contributionpointer USING btree (instrument, obligation);


--
-- Name: records_announcementrecord_programme_id_90cc79dc; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_announcementrecord_programme_id_90cc79dc ON public.records_announcementrecord USING btree (programme_id);


--
-- Name: records_deliveryrecord_programme_id_914022e5; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_deliveryrecord_programme_id_914022e5 ON public.records_deliveryrecord USING btree (programme_id);


--
-- Name: records_itemrecord_programme_id_7198f319; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_itemrecord_programme_id_7198f319 ON public.records_itemrecord USING btree (programme_id);


--
-- Name: records_loadnote_programme_id_5b8efe55; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_loadnote_programme_id_5b8efe55 ON public.records_loadnote USING btree (programme_id);


--
-- Name: records_packagerecord_programme_id_cd4efe2f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_packagerecord_programme_id_cd4efe2f ON public.records_packagerecord USING btree (programme_id);


--
-- Name: records_planinput_programme_id_5f609f99; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_planinput_programme_id_5f609f99 ON public.records_planinput USING btree (programme_id);


--
-- Name: records_planinput_ref_614fbec2_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_planinput_ref_614fbec2_like ON public.records_planinput USING btree (ref varchar_pattern_ops);


--
-- Name: records_planrun_base_id_14237fc1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_planrun_base_id_14237fc1 ON public.records_planrun USING btree (base_id);


--
-- Name: records_planrun_input_id_cbd2c12c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_planrun_input_id_cbd2c12c ON public.records_planrun USING btree (input_id);


--
-- Name: records_planrun_programme_id_0fab206c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_planrun_programme_id_0fab206c ON public.records_planrun USING btree (programme_id);


--
-- Name: records_planrun_ref_4c920223_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_planrun_ref_4c920223_like ON public.records_planrun USING btree (ref varchar_pattern_ops);


--
-- Name: records_programmerecord_slug_2293498a_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_programmerecord_slug_2293498a_like ON public.records_programmerecord USING btree (slug varchar_pattern_ops);


--
-- Name: records_publicationnote_programme_id_4a165fc6; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_publicationnote_programme_id_4a165fc6 ON public.records_publicationnote USING btree (programme_id);


--
-- Name: records_raterecord_programme_id_27f33c6f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_raterecord_programme_id_27f33c6f ON public.records_raterecord USING btree (programme_id);


--
-- Name: records_sourcerecord_programme_id_e7c56c7b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_sourcerecord_programme_id_e7c56c7b ON public.records_sourcerecord USING btree (programme_id);


--
-- Name: records_statedtotalrecord_programme_id_05a89ac6; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_statedtotalrecord_programme_id_05a89ac6 ON public.records_statedtotalrecord USING btree (programme_id);


--
-- Name: user_name_is_one_in_any_capitals; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX user_name_is_one_in_any_capitals ON public.accounts_user USING btree (lower((username)::text));


--
-- Name: books_bin books_bin_moves; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_bin_moves BEFORE UPDATE ON public.books_bin FOR EACH ROW EXECUTE FUNCTION public.books_check_move();


--
-- Name: books_bin books_bin_new; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_bin_new BEFORE INSERT ON public.books_bin FOR EACH ROW WHEN ((new.units <> 0)) EXECUTE FUNCTION public.books_refuse_filled();


--
-- Name: books_bin books_bin_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_bin_stays BEFORE DELETE ON public.books_bin FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_bin books_bin_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_bin_whole BEFORE TRUNCATE ON public.books_bin FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: books_checkpoint books_checkpoint_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_checkpoint_stays BEFORE DELETE ON public.books_checkpoint FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_checkpoint books_checkpoint_unchanged; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_checkpoint_unchanged BEFORE UPDATE ON public.books_checkpoint FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_checkpoint books_checkpoint_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_checkpoint_whole BEFORE TRUNCATE ON public.books_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: books_entry books_entry_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_entry_stays BEFORE DELETE ON public.books_entry FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_entry books_entry_unchanged; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_entry_unchanged BEFORE UPDATE ON public.books_entry FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_entry books_entry_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_entry_whole BEFORE TRUNCATE ON public.books_entry FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: books_goods books_goods_closed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_goods_closed AFTER INSERT ON public.books_goods REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_late();


--
-- Name: books_goods books_goods_moves; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_goods_moves BEFORE INSERT ON public.books_goods FOR EACH ROW WHEN ((new.units = 0)) EXECUTE FUNCTION public.books_refuse_zero_units();


--
-- Name: books_goods books_goods_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_goods_stays BEFORE DELETE ON public.books_goods FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_goods books_goods_unchanged; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_goods_unchanged BEFORE UPDATE ON public.books_goods FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_goods books_goods_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_goods_whole BEFORE TRUNCATE ON public.books_goods FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: books books_grows; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_grows BEFORE UPDATE ON public.books FOR EACH ROW EXECUTE FUNCTION public.books_check_growth();


--
-- Name: books books_new; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_new BEFORE INSERT ON public.books FOR EACH ROW WHEN ((new.size <> 0)) EXECUTE FUNCTION public.books_refuse_filled();


--
-- Name: books_posting books_posting_closed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_posting_closed AFTER INSERT ON public.books_posting REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_late();


--
-- Name: books_posting books_posting_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_posting_stays BEFORE DELETE ON public.books_posting FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_posting books_posting_unchanged; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_posting_unchanged BEFORE UPDATE ON public.books_posting FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_posting books_posting_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_posting_whole BEFORE TRUNCATE ON public.books_posting FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: books_private books_private_closed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_private_closed AFTER INSERT ON public.books_private REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_late();


--
-- Name: books_private books_private_erased; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_private_erased BEFORE UPDATE ON public.books_private FOR EACH ROW EXECUTE FUNCTION public.books_check_erasure();


--
-- Name: books_private books_private_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_private_stays BEFORE DELETE ON public.books_private FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_private books_private_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_private_whole BEFORE TRUNCATE ON public.books_private FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: books_seal books_seal_checks; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_seal_checks AFTER INSERT ON public.books_seal FOR EACH ROW EXECUTE FUNCTION public.books_check_entry();


--
-- Name: books_seal books_seal_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_seal_stays BEFORE DELETE ON public.books_seal FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_seal books_seal_unchanged; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_seal_unchanged BEFORE UPDATE ON public.books_seal FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_seal books_seal_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_seal_whole BEFORE TRUNCATE ON public.books_seal FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: books_spot books_spot_moves; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_spot_moves BEFORE UPDATE ON public.books_spot FOR EACH ROW EXECUTE FUNCTION public.books_check_move();


--
-- Name: books_spot books_spot_new; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_spot_new BEFORE INSERT ON public.books_spot FOR EACH ROW WHEN ((new.balance <> 0)) EXECUTE FUNCTION public.books_refuse_filled();


--
-- Name: books_spot books_spot_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_spot_stays BEFORE DELETE ON public.books_spot FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_spot books_spot_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_spot_whole BEFORE TRUNCATE ON public.books_spot FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: books books_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_stays BEFORE DELETE ON public.books FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_term books_term_closed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_term_closed AFTER INSERT ON public.books_term REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_late();


--
-- Name: books_term books_term_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_term_stays BEFORE DELETE ON public.books_term FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_term books_term_unchanged; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_term_unchanged BEFORE UPDATE ON public.books_term FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_term books_term_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_term_whole BEFORE TRUNCATE ON public.books_term FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: books_total books_total_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_total_stays BEFORE DELETE ON public.books_total FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_total books_total_unchanged; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_total_unchanged BEFORE UPDATE ON public.books_total FOR EACH ROW EXECUTE FUNCTION public.books_refuse_change();


--
-- Name: books_total books_total_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_total_whole BEFORE TRUNCATE ON public.books_total FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: books books_whole; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER books_whole BEFORE TRUNCATE ON public.books FOR EACH STATEMENT EXECUTE FUNCTION public.books_refuse_truncate();


--
-- Name: records_instrumentversion records_instrumentversion_no_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER records_instrumentversion_no_change BEFORE DELETE OR UPDATE ON public.records_instrumentversion FOR EACH ROW EXECUTE FUNCTION public.records_instrumentversion_refuse();


--
-- Name: accounts_membership accounts_membership_person_id_cd00e383_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_person_id_cd00e383_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_session accounts_session_user_id_d5aaed01_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_session
    ADD CONSTRAINT accounts_session_user_id_d5aaed01_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_group_permissions auth_group_permissio_permission_id_84c5c92e_fk_auth_perm; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_group_permissions auth_group_permissions_group_id_b120cbf9_fk_auth_group_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_permission auth_permission_content_type_id_2f476e4b_fk_django_co; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_bin books_bin_books_id_b81f62c2_fk_books_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_bin
    ADD CONSTRAINT books_bin_books_id_b81f62c2_fk_books_id FOREIGN KEY (books_id) REFERENCES public.books(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_checkpoint books_checkpoint_books_id_6d79d63a_fk_books_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_checkpoint
    ADD CONSTRAINT books_checkpoint_books_id_6d79d63a_fk_books_id FOREIGN KEY (books_id) REFERENCES public.books(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_entry books_entry_books_id_71a3b2c3_fk_books_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_entry
    ADD CONSTRAINT books_entry_books_id_71a3b2c3_fk_books_id FOREIGN KEY (books_id) REFERENCES public.books(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_entry books_entry_id_5d2057bc_fk_books_seal_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_entry
    ADD CONSTRAINT books_entry_id_5d2057bc_fk_books_seal_id FOREIGN KEY (id) REFERENCES public.books_seal(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_entry books_entry_takes_back_id_da3fa1f7_fk_books_entry_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_entry
    ADD CONSTRAINT books_entry_takes_back_id_da3fa1f7_fk_books_entry_id FOREIGN KEY (takes_back_id) REFERENCES public.books_entry(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_goods books_goods_bin_id_d9c5c248_fk_books_bin_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_goods
    ADD CONSTRAINT books_goods_bin_id_d9c5c248_fk_books_bin_id FOREIGN KEY (bin_id) REFERENCES public.books_bin(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_goods books_goods_entry_id_77bfa007_fk_books_entry_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_goods
    ADD CONSTRAINT books_goods_entry_id_77bfa007_fk_books_entry_id FOREIGN KEY (entry_id) REFERENCES public.books_entry(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books books_newest_id_502ec514_fk_books_seal_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books
    ADD CONSTRAINT books_newest_id_502ec514_fk_books_seal_id FOREIGN KEY (newest_id) REFERENCES public.books_seal(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_posting books_posting_entry_id_226fb419_fk_books_entry_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_posting
    ADD CONSTRAINT books_posting_entry_id_226fb419_fk_books_entry_id FOREIGN KEY (entry_id) REFERENCES public.books_entry(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_posting books_posting_spot_id_f3be6fb9_fk_books_spot_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_posting
    ADD CONSTRAINT books_posting_spot_id_f3be6fb9_fk_books_spot_id FOREIGN KEY (spot_id) REFERENCES public.books_spot(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_private books_private_entry_id_bf403b9a_fk_books_entry_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_private
    ADD CONSTRAINT books_private_entry_id_bf403b9a_fk_books_entry_id FOREIGN KEY (entry_id) REFERENCES public.books_entry(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books books_programme_id_4e11ab0b_fk_records_programmerecord_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books
    ADD CONSTRAINT books_programme_id_4e11ab0b_fk_records_programmerecord_id FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_spot books_spot_books_id_d5e751f6_fk_books_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_spot
    ADD CONSTRAINT books_spot_books_id_d5e751f6_fk_books_id FOREIGN KEY (books_id) REFERENCES public.books(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_term books_term_entry_id_c18cb8fc_fk_books_entry_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_term
    ADD CONSTRAINT books_term_entry_id_c18cb8fc_fk_books_entry_id FOREIGN KEY (entry_id) REFERENCES public.books_entry(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: books_total books_total_spot_id_213c1f40_fk_books_spot_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.books_total
    ADD CONSTRAINT books_total_spot_id_213c1f40_fk_books_spot_id FOREIGN KEY (spot_id) REFERENCES public.books_spot(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_announcementrecord records_announcement_programme_id_90cc79dc_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_announcementrecord
    ADD CONSTRAINT records_announcement_programme_id_90cc79dc_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_deliveryrecord records_deliveryreco_programme_id_914022e5_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_deliveryrecord
    ADD CONSTRAINT records_deliveryreco_programme_id_914022e5_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_itemrecord records_itemrecord_programme_id_7198f319_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_itemrecord
    ADD CONSTRAINT records_itemrecord_programme_id_7198f319_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_loadnote records_loadnote_programme_id_5b8efe55_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_loadnote
    ADD CONSTRAINT records_loadnote_programme_id_5b8efe55_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_packagerecord records_packagerecor_programme_id_cd4efe2f_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_packagerecord
    ADD CONSTRAINT records_packagerecor_programme_id_cd4efe2f_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_planinput records_planinput_programme_id_5f609f99_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_planinput
    ADD CONSTRAINT records_planinput_programme_id_5f609f99_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_planrun records_planrun_base_id_14237fc1_fk_records_planrun_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_planrun
    ADD CONSTRAINT records_planrun_base_id_14237fc1_fk_records_planrun_id FOREIGN KEY (base_id) REFERENCES public.records_planrun(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_planrun records_planrun_input_id_cbd2c12c_fk_records_planinput_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_planrun
    ADD CONSTRAINT records_planrun_input_id_cbd2c12c_fk_records_planinput_id FOREIGN KEY (input_id) REFERENCES public.records_planinput(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_planrun records_planrun_programme_id_0fab206c_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_planrun
    ADD CONSTRAINT records_planrun_programme_id_0fab206c_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_publicationnote records_publicationn_programme_id_4a165fc6_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_publicationnote
    ADD CONSTRAINT records_publicationn_programme_id_4a165fc6_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_raterecord records_raterecord_programme_id_27f33c6f_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_raterecord
    ADD CONSTRAINT records_raterecord_programme_id_27f33c6f_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_savedplan records_savedplan_run_id_1d60384a_fk_records_planrun_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_savedplan
    ADD CONSTRAINT records_savedplan_run_id_1d60384a_fk_records_planrun_id FOREIGN KEY (run_id) REFERENCES public.records_planrun(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_sourcerecord records_sourcerecord_programme_id_e7c56c7b_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_sourcerecord
    ADD CONSTRAINT records_sourcerecord_programme_id_e7c56c7b_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: records_statedtotalrecord records_statedtotalr_programme_id_05a89ac6_fk_records_p; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records_statedtotalrecord
    ADD CONSTRAINT records_statedtotalr_programme_id_05a89ac6_fk_records_p FOREIGN KEY (programme_id) REFERENCES public.records_programmerecord(id) DEFERRABLE INITIALLY DEFERRED;


--
-- PostgreSQL database dump complete
--

\unrestrict RJ88Pj775OS4nxTXsuGdLnzRiAjeFag8acjDIxmEbmNIsSWUbpNq9BcvyREDNvb

