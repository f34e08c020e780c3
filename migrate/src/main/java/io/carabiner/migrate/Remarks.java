package io.carabiner.migrate;

import java.util.ArrayList;
import java.util.List;

/** Collects what is to be said about one job, all of it before the job is refused. Not thread-safe. */
final class Remarks {

    private final List<NotConverted> all = new ArrayList<>();
    private boolean refused;

    /** The job is converted, but this is otherwise than before. */
    void different(Located place, String reason) {
        add(place, reason);
    }

    /** The job is not converted, because of this. */
    void refuse(Located place, String reason) {
        refused = true;
        add(place, reason);
    }

    private void add(Located place, String reason) {
        NotConverted remark = new NotConverted(place.path(), reason);
        if (!all.contains(remark)) {
            all.add(remark);
        }
    }

    boolean refused() {
        return refused;
    }

    List<NotConverted> all() {
        return all;
    }
}
