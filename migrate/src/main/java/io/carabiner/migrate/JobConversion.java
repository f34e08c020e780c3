package io.carabiner.migrate;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Converts one job for one of its initiators. Used once. */
final class JobConversion {

    static final String DECODE_LOG = "decode_log";

    private static final String ORACLE_REQUEST =
            "OracleRequest(bytes32 indexed specId, address requester, bytes32 requestId, uint256 payment,"
                    + " address callbackAddr, bytes4 callbackFunctionId, uint256 cancelExpiration, uint256 dataVersion,"
                    + " bytes data)";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern ZONED = Pattern.compile("(CRON_TZ|TZ)=(\\S+)\\s+(.+)");

    private final Located job;
    private final int index;
    private final Located initiator;
    private final BigInteger chainId;
    private final Remarks remarks;
    private final Fields fields;
    private final Toml toml = new Toml();
    private final Dot graph = new Dot();
    private final String name;

    JobConversion(Located job, int index, String name, BigInteger chainId, Remarks remarks) {
        this.job = job;
        this.index = index;
        this.initiator = job.child("initiators").item(index);
        this.name = name;
        this.chainId = chainId;
        this.remarks = remarks;
        this.fields = new Fields(remarks);
    }

    /** The spec; empty if the job cannot be converted, and the remarks say why. */
    Optional<String> toml() {
        refuseBounds("startAt");
        refuseBounds("endAt");
        switch (initiator.text("type").orElse("").toLowerCase(Locale.ROOT)) {
            case "runlog" -> request();
            case "cron" -> clock();
            case "web" -> call();
            case "external" -> external();
            case "fluxmonitor" -> feed();
            case "ethlog" -> refuse("no job of today starts at any event: let an external initiator watch for it");
            case "runat" -> refuse("no job of today runs once at a given time");
            case "execagreement", "servicelog", "salog" -> refuse("service agreements are gone");
            case "randomnesslog" -> refuse("write a vrf job by hand: it needs the public key of a VRF key");
            default -> refuse("no initiator of version 1 has this type");
        }
        if (remarks.refused()) {
            return Optional.empty();
        }
        remarks.all().forEach(remark -> toml.comment(remark.path() + ": " + remark.reason()));
        return Optional.of(toml.with(graph.text()));
    }

    private void refuse(String reason) {
        remarks.refuse(initiator.child("type"), reason);
    }

    private void refuseBounds(String key) {
        if (job.child(key).present()) {
            remarks.refuse(
                    job.child(key),
                    "jobs of today have no first or last day: take " + key
                            + " out of the file if the job shall run all the time");
        }
    }

    private void head(String type) {
        toml.text("type", type);
        toml.raw("schemaVersion", "1");
        if (job.text("name").filter(given -> !given.isBlank()).isPresent() || index > 0) {
            toml.text("name", name);
        }
        identity(type);
    }

    /** The first initiator's spec keeps the id: contracts and callers know the job by it. */
    private void identity(String type) {
        Optional<String> id = job.text("id").or(() -> job.text("jobId")).map(text -> text.replace("-", "")
                .toLowerCase(Locale.ROOT));
        if (id.isPresent() && ID.matcher(id.get()).matches() && index == 0) {
            toml.text("externalJobID", id.get().replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
        } else if (index > 0) {
            remarks.different(initiator, "this initiator becomes a job of its own, with another job id");
        } else if (!type.equals("cron") && !type.equals("fluxmonitor")) {
            remarks.different(
                    job.child("id"),
                    "the file does not say the job's id: whoever uses the old one does not reach this job, unless you"
                            + " set externalJobID to it");
        }
    }

    private void request() {
        Located params = initiator.child("params");
        Optional<Address> oracle = fields.address(params.child("address"));
        if (!params.child("address").present() || oracle.equals(Optional.of(Address.ZERO))) {
            remarks.refuse(
                    params.child("address"), "the job listens to every contract: write the oracle contract's address");
        }
        head("directrequest");
        Address contract = oracle.orElse(Address.ZERO);
        toml.text("contractAddress", Eip55.format(contract));
        toml.text("evmChainID", chainId.toString());
        List<String> requesters = fields.addresses(params.child("requesters"));
        if (!requesters.isEmpty()) {
            toml.raw("requesters", list(requesters));
        }
        payment("minContractPaymentLinkJuels");
        graph.add(
                DECODE_LOG,
                "ethabidecodelog",
                "abi",
                ORACLE_REQUEST,
                "data",
                "$(jobRun.logData)",
                "topics",
                "$(jobRun.logTopics)");
        graph.add("decode_cbor", "cborparse", "data", "$(decode_log.data)");
        TaskConversion tasks = tasks(new Trigger.Request(contract));
        tasks.confirmations().ifPresent(count -> toml.raw("minIncomingConfirmations", count.toString()));
    }

    private void payment(String key) {
        fields.whole(job.child("minPayment")).ifPresent(juels -> toml.text(key, juels));
    }

    private void clock() {
        head("cron");
        Located place = initiator.child("params").child("schedule");
        Optional<String> schedule = fields.scalar(place);
        if (schedule.isEmpty()) {
            remarks.refuse(place, "there is no schedule");
        }
        toml.text("schedule", schedule(place, schedule.orElse("").strip()));
        noConfirmations(tasks(new Trigger.Clock(chainId)));
    }

    private String schedule(Located place, String text) {
        var zoned = ZONED.matcher(text);
        if (text.startsWith("@every ")) {
            return text;
        }
        if (zoned.matches()) {
            return "CRON_TZ=" + zoned.group(2) + " " + sixFields(place, zoned.group(3));
        }
        remarks.different(
                place, "version 1 took the machine's time zone, this job takes UTC: change CRON_TZ if needed");
        return "CRON_TZ=UTC " + sixFields(place, text);
    }

    private String sixFields(Located place, String text) {
        if (text.startsWith("@")) {
            return text;
        }
        int count = text.split("\\s+").length;
        if (count == 5) {
            remarks.different(place, "the schedule has no seconds: this job runs at second 0");
            return "0 " + text;
        }
        if (count != 6) {
            remarks.refuse(place, "a schedule has 6 fields, from seconds to days of the week; this one has " + count);
        }
        return text;
    }

    private void call() {
        head("webhook");
        noConfirmations(tasks(new Trigger.Call(chainId)));
    }

    private void external() {
        Located params = initiator.child("params");
        Optional<String> who = fields.scalar(params.child("name"));
        if (who.isEmpty()) {
            remarks.refuse(params.child("name"), "the external initiator has no name");
        }
        String body =
                params.child("body").present() ? params.child("body").node().toString() : "{}";
        head("webhook");
        toml.raw(
                "externalInitiators",
                "[{ name = " + Toml.quoted(who.orElse("")) + ", spec = " + Toml.quoted(body) + " }]");
        noConfirmations(tasks(new Trigger.Call(chainId)));
    }

    private void feed() {
        head("fluxmonitor");
        toml.text("evmChainID", chainId.toString());
        payment("minPayment");
        new FeedConversion(job, initiator.child("params"), graph, toml, remarks).convert();
    }

    private TaskConversion tasks(Trigger trigger) {
        if (!(trigger instanceof Trigger.Request) && job.child("minPayment").present()) {
            remarks.different(job.child("minPayment"), "only requests on chain pay");
        }
        if (trigger.parameters().isPresent() && job.child("tasks").node().findValue("params") != null) {
            remarks.different(
                    job.child("tasks"),
                    "what the job says wins over what a request says, as in the last versions before 1.0.0; older ones"
                            + " let the request win");
        }
        TaskConversion tasks = new TaskConversion(trigger, graph, remarks);
        tasks.convert(job.child("tasks"));
        return tasks;
    }

    private void noConfirmations(TaskConversion tasks) {
        tasks.confirmations()
                .ifPresent(count -> remarks.different(
                        job.child("tasks"),
                        "confirmations are waited for only by jobs that a request on chain starts"));
    }

    static String list(List<String> texts) {
        return texts.stream().map(Toml::quoted).collect(Collectors.joining(", ", "[", "]"));
    }
}
