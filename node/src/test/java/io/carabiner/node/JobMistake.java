package io.carabiner.node;

/** A job spec that is wrong in one place, and what the operator must be told. */
enum JobMistake {
    NOT_TOML(
            "\"directrequest\"",
            "directrequest",
            422,
            "failed to parse TOML: (1, 8): Unexpected 'd', expected a value"),
    UNKNOWN_TYPE("\"directrequest\"", "\"directrequests\"", 422, "failed to parse TOML: invalid job type"),
    BAD_ADDRESS(
            "0x5F",
            "0x5f",
            400,
            "(4, 1): unmarshal text: \\\"0x5fbDB2315678afecb367f032d93F642f64180aa3\\\" is not a valid EIP55 formatted"
                    + " address"),
    UNKNOWN_CHAIN("4242", "4243", 500, "failed to create services for job: chain id does not exist: 4243"),
    MISSPELLED_KEY("evmChainID", "evmChainId", 400, "CreateJobFailed: evm chain id must be defined"),
    GRAPH_BROKEN(
            "-> send",
            "-> -> send",
            422,
            "failed to parse TOML: (6, 1): unmarshal text: could not unmarshal DOT into a pipeline.Graph: expected the"
                    + " name of a task; got: \\\"-\\u003e\\\" (line 9, column 14)"),
    UNKNOWN_TASK(
            "type=http",
            "type=htttp",
            422,
            "failed to parse TOML: (6, 1): unmarshal text: UnmarshalTaskFromMap: unknown task type: \\\"htttp\\\""
                    + " (line 7, column 5)"),
    UNKNOWN_BRIDGE(
            "type=http method=GET",
            "type=bridge name=nothere",
            500,
            "not all bridges exist, asked for [nothere], exists []");

    private static final String GOOD = """
            type = "directrequest"
            schemaVersion = 1
            name = "get"
            contractAddress = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
            evmChainID = "4242"
            observationSource = \"""
                fetch [type=http method=GET url="http://127.0.0.1:1/"]
                send  [type=ethtx to="0x5FbDB2315678afecb367f032d93F642f64180aa3" data="$(fetch)"]
                fetch -> send
            \"""
            """;

    private final String replaced;
    private final String replacement;
    private final int status;
    private final String detail;

    JobMistake(String replaced, String replacement, int status, String detail) {
        this.replaced = replaced;
        this.replacement = replacement;
        this.status = status;
        this.detail = detail;
    }

    String spec() {
        return GOOD.replaceFirst(replaced, replacement);
    }

    /** What the command prints, as the Go node's does. */
    String told() {
        return "Response: '{\"errors\":[{\"detail\":\"" + detail + "\"}]}', Status: " + status + "\n";
    }
}
