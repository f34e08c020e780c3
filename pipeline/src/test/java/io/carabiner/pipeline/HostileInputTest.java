package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.outbound.HttpFetcher;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.values.PipelineValue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input that hangs, kills or robs other nodes. */
@Timeout(30)
final class HostileInputTest {

    private static String error(String dot, Map<String, PipelineValue> variables) throws InterruptedException {
        RunOutcome outcome = Runs.run(dot, new Variables(variables));
        assertThat(outcome.state()).isEqualTo(RunState.ERRORED);
        return outcome.fatalErrors().getLast().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "multiply,input=\"1e2147483647\" times=\"10\",multiply overflow",
        "multiply,input=\"1e-2147483647\" times=\"0.1\",multiply overflow",
        "divide,input=\"1e2147483647\" divisor=\"3\",division overflow",
        "divide,input=\"1\" divisor=\"3\" precision=\"2147483647\",division overflow",
        "sum,values=<[\"1e2147483647\"]>,more than 10000 digits",
        "mean,values=<[\"1e999999\"]>,more than 10000 digits",
        "median,values=<[\"1e999999\"]>,more than 10000 digits",
        "hexencode,input=\"1\",''",
    })
    void numbersWithoutBound_areErrorsAtOnce(String type, String attributes, String wanted) throws Exception {
        RunOutcome outcome = Runs.run("t [type=" + type + " " + attributes + "]");
        assertThat(outcome.fatalErrors().getFirst().orElse("")).contains(wanted);
    }

    @Test
    void deepJson_isAnError() throws Exception {
        Map<String, PipelineValue> deep = Map.of("x", PipelineValue.text("[".repeat(1_000_000)));
        assertThat(error("t [type=jsonparse path=\"\" data=\"$(x)\"]", deep)).isEqualTo("exceeded max depth");
    }

    @Test
    void deepCbor_isAnError() throws Exception {
        Map<String, PipelineValue> deep = Map.of("x", PipelineValue.text("0x" + "81".repeat(100_000)));
        assertThat(error("t [type=cborparse data=\"$(x)\" mode=standard]", deep))
                .contains("nested level");
        Map<String, PipelineValue> wide = Map.of("x", PipelineValue.text("0x9bffffffffffffffff"));
        assertThat(error("t [type=cborparse data=\"$(x)\" mode=standard]", wide))
                .contains("max number of elements");
    }

    @Test
    void abiListsThatShareTheirPlace_areBounded() throws Exception {
        String self = String.format("%064x", 32) + String.format("%064x", 64) + "00".repeat(2048);
        Map<String, PipelineValue> data = Map.of("x", PipelineValue.text("0x" + self));
        RunOutcome outcome =
                Runs.run("t [type=ethabidecode abi=\"uint256[][][][][][][][] a\" data=\"$(x)\"]", new Variables(data));
        assertThat(outcome.state()).isIn(RunState.COMPLETED, RunState.ERRORED);
    }

    @Test
    void nulAndNotANumber_areErrorsOfTheTask_soTheRunCanBeStored() throws Exception {
        Map<String, PipelineValue> nul = Map.of("x", PipelineValue.text("a\0b"));
        assertThat(error("t [type=uppercase input=\"$(x)\"]", nul)).contains("NUL");
        Map<String, PipelineValue> nan = Map.of("x", PipelineValue.text("0x6161f97e00"));
        assertThat(error("t [type=cborparse data=\"$(x)\"]", nan)).contains("NaN");
    }

    @Test
    void aNameThatChangesItsAddress_isResolvedOncePerConnection_andThatAddressIsChecked() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpFetcher.Names rebinding = host ->
                new InetAddress[] {InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "127.0.0.1" : "1.1.1.1")};
        assertThat(fetch("http://rebind.test/", rebinding)).contains("disallowed IP 127.0.0.1");
        assertThat(asked).hasValue(1);
    }

    @Test
    void onePrivateAddressAmongPublicOnes_isRefused() throws Exception {
        HttpFetcher.Names mixed =
                host -> new InetAddress[] {InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("10.0.0.1")};
        assertThat(fetch("http://mixed.test/", mixed)).contains("disallowed IP 10.0.0.1");
    }

    private static String fetch(String url, HttpFetcher.Names names) throws InterruptedException {
        try (PipelineRunner runner = new PipelineRunner(
                PipelineSettings.defaults(),
                name -> Optional.empty(),
                EthereumAccess.none(),
                TimeSource.system(),
                new Metrics(),
                new BridgeWatch(BridgeLimits.none(), TimeSource.system(), new Metrics()),
                names)) {
            RunOutcome outcome = runner.run(
                    Pipeline.parse("t [type=http url=\"$(u)\"]"),
                    new Variables(Map.of("u", PipelineValue.text(url))),
                    Runs.CONTEXT);
            return outcome.fatalErrors().getFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK\\r\\nContent-Length: 99999999999\\r\\n\\r\\n,request body too large",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nffffffff\\r\\n,request body too large",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n,malformed chunked encoding",
        "HTTP/1.1 200 OK\\r\\nContent-Length: -1\\r\\n\\r\\n,bad Content-Length",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nabc,unexpected EOF",
        "SSH-2.0-server\\r\\n,malformed HTTP response",
        "HTTP/1.1 200 OK\\r\\nno colon\\r\\n\\r\\n,malformed MIME header",
        "HTTP/1.1 302 Found\\r\\nLocation: file:///etc/passwd\\r\\nContent-Length: 0\\r\\n\\r\\n,unsupported protocol scheme",
        "HTTP/1.1 200 O,EOF",
    })
    void answersAgainstTheRules_areErrors(String answer, String wanted) throws Exception {
        String raw = answer.replace("\\r", "\r").replace("\\n", "\n");
        assertThat(ask(raw.getBytes(StandardCharsets.UTF_8), "timeout=\"5s\"", false))
                .contains(wanted);
    }

    @Test
    void endlessHeads_areCutOff() throws Exception {
        String head = "HTTP/1.1 200 OK\r\n" + "X-A: b\r\n".repeat(20_000);
        assertThat(ask(head.getBytes(StandardCharsets.UTF_8), "timeout=\"5s\"", false))
                .contains("headers exceeded");
    }

    @Test
    void aSilentServer_isLeftWhenTheTimeIsOver() throws Exception {
        assertThat(ask(new byte[0], "timeout=\"200ms\"", true)).isEqualTo("http request timed out or interrupted");
    }

    private static String ask(byte[] answer, String attributes, boolean keepOpen) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread serving = Thread.ofVirtual().start(() -> serve(server, answer, keepOpen));
            RunOutcome outcome = Runs.run(
                    "t [type=http url=\"http://127.0.0.1:" + server.getLocalPort() + "/\" " + attributes + "]");
            server.close();
            serving.join(Duration.ofSeconds(10));
            return outcome.fatalErrors().getFirst().orElse("no error");
        }
    }

    private static void serve(ServerSocket server, byte[] answer, boolean keepOpen) {
        try (Socket socket = server.accept()) {
            while (socket.getInputStream().read() != '\n') {
                // The request line is enough.
            }
            OutputStream out = socket.getOutputStream();
            out.write(answer);
            out.flush();
            if (keepOpen) {
                while (socket.getInputStream().read() >= 0) {
                    // Until the client gives up.
                }
            } else {
                socket.shutdownOutput();
                while (socket.getInputStream().read() >= 0) {
                    // Let it read all.
                }
            }
        } catch (IOException e) {
            // The client has closed first.
            return;
        }
    }
}
