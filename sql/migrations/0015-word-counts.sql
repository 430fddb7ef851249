-- What is counted as a word was left open, and makes all the difference in scripts without spaces.

do $$
declare
    counted text;
begin
    foreach counted in array array['revisions', 'published_articles', 'conflict_articles'] loop
        execute format('comment on column news.%I.word_count is %L', counted,
            'Words of letters in the text; in Chinese, Japanese, Korean and Thai two characters count as one.');
    end loop;
end
$$;
