import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.transport.Netty4Plugin;

/** A node of OpenSearch for tests: LoopbackNode FILE SETTING=VALUE …; its HTTP port is written to FILE. */
public final class LoopbackNode extends Node {
    private LoopbackNode(Settings settings) {
        super(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "loopback"),
            List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class),
            false);
    }

    private int port() {
        return injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().getPort();
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (int at = 1; at < arguments.length; at++) {
            String[] pair = arguments[at].split("=", 2);
            if (pair[1].contains(",")) {
                settings.putList(pair[0], pair[1].split(","));
            } else {
                settings.put(pair[0], pair[1]);
            }
        }
        LoopbackNode node = new LoopbackNode(settings.build());
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node, told)));
        node.start();
        Path told_to = Path.of(arguments[0]);
        Path beside = Path.of(arguments[0] + ".part");
        Files.writeString(beside, Integer.toString(node.port()));
        Files.move(beside, told_to);
        told.await();
    }

    private static void close(Node node, CountDownLatch told) {
        try {
            node.close();
        } catch (Exception broken) {
            broken.printStackTrace();
        }
        told.countDown();
    }
}
