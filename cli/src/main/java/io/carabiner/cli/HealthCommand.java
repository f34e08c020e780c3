package io.carabiner.cli;

/** {@code health}: the node's own report, without a login. */
final class HealthCommand {

    private HealthCommand() {}

    static Verb verb(Context context) {
        return Verb.of("health", "Print the node's health report", context, HealthCommand::run)
                .flag("as JSON", "json", "j")
                .flag("only what fails", "failing", "f");
    }

    private static void run(Invocation call) {
        String accept = call.flag("json") ? "application/json" : "text/plain";
        Answer answer = call.node().get("/health" + (call.flag("failing") ? "?failing" : ""), accept);
        if (answer.isRefused()) {
            throw CliException.failed(answer.refusal());
        }
        call.out().println(answer.text());
    }
}
