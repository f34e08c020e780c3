package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tasks as a table names them. */
class TaskNamesTest {

    @Test
    void tasks_standInTheOrderInWhichTheyRun() {
        assertThat(TaskNames.of("""
                // made by hand
                last [type="median" /* of both */ values=<[ $(a), $(b) ]>];
                a [type=http method=GET url="http://x.test/a?b=[c]"]
                b [url="http://x.test/->", type=bridge, name="b -> c"]
                a -> last
                b -> last
                """)).containsExactly("a http", "b bridge", "last median");
    }

    @Test
    void chainsOfArrows_areFollowed() {
        assertThat(TaskNames.of("c -> b -> a; a [type=any] b [type=memo] c [type=fail]"))
                .containsExactly("c fail", "b memo", "a any");
    }

    @Test
    void nothing_hasNoTasks() {
        assertThat(TaskNames.of("")).isEmpty();
        assertThat(TaskNames.of("a -> a")).isEmpty();
    }
}
