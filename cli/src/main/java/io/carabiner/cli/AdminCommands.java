package io.carabiner.cli;

import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code admin}: who is logged in, and how the node feels. */
final class AdminCommands {

    private static final List<String> PROFILES =
            List.of("allocs", "block", "cmdline", "goroutine", "heap", "mutex", "profile", "threadcreate", "trace");

    private static final long PROFILE_SECONDS = 8;

    private AdminCommands() {}

    static CommandSpec group(Context context) {
        CommandSpec group = Verb.group(
                "admin",
                "Log in and out, change the password, look at the node's state",
                Verb.of("login", "Log in; the session is kept for the next commands", context, AdminCommands::login)
                        .option("FILE", "mail address in its first line, password in its second", "file", "f")
                        .flag("log in to a node of another build", "bypass-version-check")
                        .example("carabiner admin login --file api.txt"),
                Verb.of("logout", "Log out and forget the session", context, AdminCommands::logout),
                Verb.of("chpass", "Change your password; asks for it", context, AdminCommands::changePassword),
                Verb.of("profile", "Collect profiles of the running node", context, AdminCommands::profile)
                        .number("how long to measure (default 8)", "seconds", "s")
                        .option("FOLDER", "where to write them (default /tmp/)", "output_dir", "o"),
                Verb.of("status", "Show the health of the node's parts", context, AdminCommands::status));
        group.addSubcommand("users", UserCommands.group(context));
        return group;
    }

    private static void login(Invocation call) {
        Surroundings surroundings = call.surroundings();
        Credentials user = call.option("file")
                .map(file -> Credentials.read(surroundings.directory(), file))
                .orElseGet(() -> ask(surroundings));
        NodeClient node = call.node();
        String refusal = node.logIn(user);
        if (!refusal.isEmpty()) {
            throw CliException.failed(refusal);
        }
        checkBuild(call, node);
        call.out().println("Successfully Logged In.");
    }

    private static Credentials ask(Surroundings surroundings) {
        Prompt prompt = new Prompt(surroundings);
        String email = prompt.line("Enter email: ");
        return new Credentials(email, prompt.secret("Enter password: "));
    }

    /** A node of another build may answer in another way, so the login is undone unless it was asked for. */
    private static void checkBuild(Invocation call, NodeClient node) {
        JsonNode remote = node.get("/v2/build_info").json();
        BuildInfo other = new BuildInfo(
                remote.path("version").asString(""), remote.path("commitSHA").asString(""));
        if (other.equals(call.build()) || call.flag("bypass-version-check")) {
            return;
        }
        node.forgetSession();
        throw CliException.failed("error: CLI build (" + call.build() + ") mismatches remote node build (" + other
                + "); log in with --bypass-version-check to use it all the same");
    }

    private static void logout(Invocation call) {
        NodeClient node = call.node();
        Answer answer = node.delete("/sessions");
        node.forgetSession();
        if (answer.isRefused()) {
            throw CliException.failed(answer.refusal());
        }
    }

    private static void changePassword(Invocation call) {
        Prompt prompt = new Prompt(call.surroundings());
        call.out().println("Changing your chainlink account password.");
        call.out().println("NOTE: This will terminate any other sessions.");
        String old = prompt.secret("Password:");
        call.out().println("Now enter your **NEW** password");
        String fresh = prompt.secret("Password:");
        if (!prompt.secret("Confirmation:").equals(fresh)) {
            throw CliException.failed("new password and confirmation did not match");
        }
        Answer answer = call.node()
                .patch(
                        "/v2/user/password",
                        "{\"oldPassword\":" + Json.quote(old) + ",\"newPassword\":" + Json.quote(fresh) + "}");
        switch (answer.status()) {
            case 200 -> call.out().println("Password updated.");
            case 409 -> {
                call.out().println("Old password did not match.");
                throw CliException.silent();
            }
            default -> throw CliException.failed(answer.refusal());
        }
    }

    private static void status(Invocation call) {
        JsonNode checks = call.node().get("/health?full=1").json().path("data");
        if (!checks.isArray()) {
            throw CliException.failed(
                    "the answer is not that of a node: check the address given with --remote-node-url");
        }
        boolean colours = call.surroundings().terminal().isInteractive();
        Output.many(
                call,
                checks,
                Output.Identity.HIDDEN,
                list -> ListView.render(
                        list.stream().map(check -> entry(check, colours)).toList()));
    }

    private static Map<String, String> entry(JsonNode check, boolean colours) {
        String status = Output.attribute(check, "status");
        return ListView.entry(
                "Name", Output.attribute(check, "name"),
                "Status", colours ? coloured(status) : status,
                "Output", Output.attribute(check, "output"));
    }

    private static String coloured(String status) {
        String colour =
                status.equals("passing") ? "\u001b[32m" : status.equals("failing") ? "\u001b[31m" : "\u001b[33m";
        return colour + status + "\u001b[0m";
    }

    private static void profile(Invocation call) {
        long seconds = call.number("seconds").orElse(PROFILE_SECONDS);
        String parent = call.option("output_dir").orElse("/tmp/");
        Path folder = call.surroundings()
                .resolve(parent)
                .resolve("debuginfo-" + TimeSource.system().now().truncatedTo(ChronoUnit.SECONDS));
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("mkdir", folder.toString(), e));
        }
        int collected = 0;
        for (String profile : PROFILES) {
            collected += collect(call, folder, profile, seconds) ? 1 : 0;
        }
        call.out().println("collected " + collected + "/" + PROFILES.size() + " profiles in " + folder);
        if (collected == 0) {
            throw CliException.failed("the node gave no profile");
        }
    }

    private static boolean collect(Invocation call, Path folder, String profile, long seconds) {
        Answer answer = call.node().get("/v2/debug/pprof/" + profile + "?seconds=" + seconds);
        if (answer.status() == 401 || answer.status() == 403) {
            throw CliException.failed(answer.refusal());
        }
        if (answer.isRefused()) {
            call.surroundings().err().println(profile + ": " + answer.details());
            return false;
        }
        try {
            OwnerFiles.write(folder.resolve(profile), answer.body().toArray());
            return true;
        } catch (IOException e) {
            throw CliException.failed(
                    OwnerFiles.describe("open", folder.resolve(profile).toString(), e));
        }
    }
}
