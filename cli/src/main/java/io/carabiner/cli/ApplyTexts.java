package io.carabiner.cli;

import io.carabiner.cli.ApplyPlan.Change;
import io.carabiner.cli.ApplyPlan.Located;
import io.carabiner.cli.ApplyPlan.SpecFile;
import io.carabiner.cli.ApplyPlan.Stored;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows plans. */
final class ApplyTexts {

    private static final String INDENT = "    ";

    private ApplyTexts() {}

    /** {@code create}, {@code update}, {@code delete} or {@code keep}. */
    static String word(Change change) {
        return switch (change) {
            case Change.Create ignored -> "create";
            case Change.Update ignored -> "update";
            case Change.Delete ignored -> "delete";
            case Change.Keep ignored -> "keep";
        };
    }

    /** Which job of which file. */
    static String subject(Change change) {
        return switch (change) {
            case Change.Create(SpecFile file) -> file.path();
            case Change.Update(SpecFile file, Stored job) -> job(job) + " from " + file.path();
            case Change.Delete(Stored job) -> job(job);
            case Change.Keep(SpecFile file, Stored job) -> job(job) + " from " + file.path();
        };
    }

    private static String job(Stored job) {
        return "job " + job.id() + (job.name().isEmpty() ? "" : " " + Json.quote(job.name()));
    }

    private static String diff(Change change, String indent) {
        return switch (change) {
            case Change.Create(SpecFile file) ->
                LineDiff.between("", file.text()).text(indent);
            case Change.Update(SpecFile file, Stored job) ->
                LineDiff.between(job.text(), file.text()).text(indent);
            case Change.Delete ignored -> "";
            case Change.Keep ignored -> "";
        };
    }

    /** Each change with its lines; jobs that stay are counted only. */
    static String plan(ApplyPlan plan) {
        StringBuilder text = new StringBuilder();
        for (Change change : plan.changes()) {
            if (!(change instanceof Change.Keep)) {
                text.append(word(change))
                        .append(' ')
                        .append(subject(change))
                        .append('\n')
                        .append(diff(change, INDENT));
            }
        }
        plan.findings()
                .forEach(finding -> text.append("look at ").append(finding).append('\n'));
        return text.toString();
    }

    /** How many of each. */
    static String summary(ApplyPlan plan, boolean dry) {
        String counts = count(plan, Change.Create.class) + " " + (dry ? "to create" : "created") + ", "
                + count(plan, Change.Update.class) + " " + (dry ? "to update" : "updated") + ", "
                + count(plan, Change.Delete.class) + " " + (dry ? "to delete" : "deleted") + ", "
                + count(plan, Change.Keep.class) + " unchanged";
        return dry ? counts + ". Nothing was changed." : counts + ".";
    }

    private static long count(ApplyPlan plan, Class<? extends Change> kind) {
        return plan.changes().stream().filter(kind::isInstance).count();
    }

    static JsonNode json(ApplyPlan plan, boolean dry, int done) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dryRun", dry);
        json.put("done", done);
        ArrayNode changes = json.putArray("changes");
        plan.changes().forEach(change -> changes.add(change(change)));
        json.set("faults", located(plan.faults()));
        json.set("findings", located(plan.findings()));
        return json;
    }

    private static ObjectNode change(Change change) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("action", word(change));
        switch (change) {
            case Change.Create(SpecFile file) -> json.put("file", file.path());
            case Change.Update(SpecFile file, Stored job) -> put(json.put("file", file.path()), job);
            case Change.Keep(SpecFile file, Stored job) -> put(json.put("file", file.path()), job);
            case Change.Delete(Stored job) -> put(json, job);
        }
        json.put("diff", diff(change, ""));
        return json;
    }

    private static void put(ObjectNode json, Stored job) {
        json.put("id", job.id());
        json.put("name", job.name());
        json.put("externalJobID", job.externalId());
    }

    private static ArrayNode located(List<Located> texts) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Located text : texts) {
            ObjectNode one = list.addObject();
            one.put("file", text.file());
            one.put("line", text.line());
            one.put("column", text.column());
            one.put("message", text.message());
        }
        return list;
    }
}
