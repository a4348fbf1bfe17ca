package dev.drover.acceptance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells of a process and the machine. */
final class ProcFiles {
    private static final double KIB_PER_MIB = 1024;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final double MILLIS_PER_TICK = 10;

    private ProcFiles() {}

    /** Resident memory, in MiB; pages of files that are mapped count as well. */
    static double residentMib(long pid) throws IOException {
        return kib(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:") / KIB_PER_MIB;
    }

    /** Resident memory that is not a page of a file, in MiB: what no other process can use. */
    static double anonymousMib(long pid) throws IOException {
        return kib(Path.of("/proc", Long.toString(pid), "status"), "RssAnon:") / KIB_PER_MIB;
    }

    /** Processor time until now. */
    static double cpuMillis(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The program's name, in parentheses, may hold spaces.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return MILLIS_PER_TICK
                * (Long.parseLong(fields.get(USER_TICKS))
                        + Long.parseLong(fields.get(SYSTEM_TICKS)));
    }

    /** For example "2 cores, 24 GiB, Linux amd64, Java 25.0.3". */
    static String machine() throws IOException {
        return "%d cores, %.0f GiB, %s %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        kib(Path.of("/proc/meminfo"), "MemTotal:") / KIB_PER_MIB / KIB_PER_MIB,
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.version"));
    }

    private static double kib(Path file, String key) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key)) {
                return Double.parseDouble(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(file + " tells no " + key);
    }
}
