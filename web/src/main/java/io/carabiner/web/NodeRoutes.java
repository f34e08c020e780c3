package io.carabiner.web;

import io.carabiner.config.ApiGeneration;
import io.carabiner.telemetry.LogLevel;
import io.carabiner.telemetry.Logging;
import io.carabiner.web.WebServices.About;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the node is and how it is set: version, configuration, features, log level (Go node 2.15, core/web). */
final class NodeRoutes {

    /** The only field of a configuration. */
    record ConfigAttributes(String config) {}

    /** The only field of a feature. */
    record FeatureAttributes(boolean enabled) {}

    /** The fields of the log's settings: two lists that belong together. */
    record LogAttributes(List<String> serviceName, List<String> logLevel, String defaultLogLevel) {}

    private final About about;
    private final Logging logging;

    NodeRoutes(WebServices services) {
        this.about = services.about();
        this.logging = services.telemetry().logging();
    }

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        return List.of(
                Route.get(
                        "/v2/ping",
                        Access.roleOrInitiator(Role.VIEW),
                        call -> Answer.json(200, Map.of("message", "pong"))),
                Route.get("/v2/build_info", view, this::buildInfo),
                Route.get("/v2/config", view, this::config),
                Route.get("/v2/config/v2", view, this::config),
                Route.get("/v2/features", view, this::features),
                Route.get("/v2/log", view, call -> log(logging.level().text())),
                Route.patch("/v2/log", Access.role(Role.ADMIN), this::changeLog));
    }

    private Answer buildInfo(Call call) {
        LinkedHashMap<String, String> info = new LinkedHashMap<>();
        info.put("commitSHA", about.commit());
        info.put("version", about.version());
        if (about.generation() == ApiGeneration.V2_31) {
            info.put("versionTag", "unset");
        }
        return Answer.json(200, info);
    }

    private Answer config(Call call) {
        String userOnly = call.query("userOnly");
        boolean user = !userOnly.isEmpty() && GoFormats.bool(userOnly, "invalid bool for userOnly: ");
        String id = UUID.randomUUID().toString().replace("-", "");
        String toml = user ? about.userConfig() : about.effectiveConfig();
        return JsonApi.one(new Resource("configV2Resources", id, new ConfigAttributes(toml)));
    }

    private Answer features(Call call) {
        List<Resource> features = new ArrayList<>();
        features.add(new Resource("features", "csa", new FeatureAttributes(about.csaKeys())));
        features.add(new Resource("features", "feeds_manager", new FeatureAttributes(false)));
        if (about.generation() == ApiGeneration.V2_31) {
            features.add(new Resource("features", "multi_feeds_managers", new FeatureAttributes(false)));
        }
        return JsonApi.list(200, features);
    }

    private static Answer log(String defaultLevel, String... shown) {
        String level = shown.length == 0 ? defaultLevel : shown[0];
        return JsonApi.one(new Resource(
                "serviceLevelLogs",
                "log",
                new LogAttributes(
                        List.of("Global", "IsSqlEnabled"), List.of(level, "false"), shown.length == 0 ? level : "")));
    }

    private Answer changeLog(Call call) {
        JsonBody body = call.json("web.LogPatchRequest");
        String word = body.text("level");
        boolean sql = body.find("sqlEnabled").isPresent();
        if (word.isEmpty() && !sql) {
            throw WebException.refused(400, "please check request params, no params configured");
        }
        if (!word.isEmpty()) {
            LogLevel level = LogLevel.parse(word)
                    .filter(parsed -> parsed != LogLevel.CRIT)
                    .orElseThrow(() -> WebException.refused(400, "unrecognized level: \"" + word + "\""));
            logging.level(level);
        }
        return log("", logging.level().text());
    }
}
