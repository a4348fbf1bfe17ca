package dev.drover.gateway.trouble;

/** Jobs in HCL that run wherever there is a shell, and are healthy at once. */
final class Jobspecs {
    static final String WEB =
            """
            job "web" {
              update {
                health_check      = "task_states"
                min_healthy_time  = "0s"
                healthy_deadline  = "5s"
                progress_deadline = "6s"
              }
              group "g" {
                count = 1
                ephemeral_disk { size = 20 }
                task "t" {
                  driver       = "raw_exec"
                  kill_timeout = "500ms"
                  config {
                    command = "/bin/sh"
                    args    = ["-c", "sleep 1000"]
                  }
                  resources {
                    cpu    = 10
                    memory = 10
                  }
                  logs {
                    max_files     = 1
                    max_file_size = 5
                  }
                }
              }
            }
            """;

    private Jobspecs() {}
}
