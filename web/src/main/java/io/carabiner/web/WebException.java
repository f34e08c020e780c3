package io.carabiner.web;

import io.carabiner.primitives.FaultException;
import java.util.List;

/** A call that is refused, or a fault of the API itself. The status is what a caller over HTTP sees. */
public final class WebException extends FaultException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final List<String> details;

    private WebException(String code, int status, List<String> details) {
        super(code, String.join("; ", details));
        this.status = status;
        this.details = List.copyOf(details);
    }

    static WebException refused(int status, String... details) {
        return new WebException("API_REFUSED", status, List.of(details));
    }

    /** What the operator gave at start is not usable: the node must not start. */
    static WebException start(String code, String message) {
        return new WebException(code, 500, List.of(message));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** One text for each thing that is wrong. */
    public List<String> details() {
        return details;
    }
}
