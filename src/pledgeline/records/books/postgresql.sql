CREATE OR REPLACE FUNCTION books_open(programme_wanted text, key_wanted text)
RETURNS TABLE (
    number bigint, kept_in text, is_public boolean, entries bigint, tree bytea, of_programme text, named text,
    key_known boolean, last_recorded timestamptz, clock timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
BEGIN
    SELECT b.id, b.currencies, b.public, b.size, b.peaks, p.slug, p.name
    INTO number, kept_in, is_public, entries, tree, of_programme, named
    FROM books b JOIN records_programmerecord p ON p.id = b.programme_id
    WHERE p.slug = programme_wanted FOR UPDATE OF b;
    IF FOUND THEN
        key_known := EXISTS (SELECT 1 FROM books_entry e WHERE e.books_id = number AND e."key" = key_wanted);
        last_recorded := (
            SELECT e.recorded_at FROM books_entry e JOIN books b ON b.newest_id = e.id WHERE b.id = number);
        clock := clock_timestamp();
        RETURN NEXT;
    END IF;
END
$$
-- next

CREATE OR REPLACE FUNCTION books_write(
    number bigint, of_books bigint, place bigint, named text, sort text, effective date, recorded timestamptz,
    submitted text, taken_back text, spots bigint[], amounts bigint[], bins bigint[], counts bigint[],
    term_names text[], term_ofs text[], term_ons text[], term_values text[],
    private_names text[], private_hashes text[], private_texts text[], private_salts text[],
    tree bytea, leaf_hash bytea, root_hash bytea
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
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
$$
-- next

REVOKE EXECUTE ON FUNCTION books_open, books_write FROM PUBLIC
