# A service that any machine can run, and that is healthy at once unless its script says otherwise.

variable "script" {
  type = string
}

job "web" {
  type = "service"

  group "web" {
    count = 1

    update {
      health_check      = "task_states"
      min_healthy_time  = "500ms"
      healthy_deadline  = "10s"
      progress_deadline = "20s"
    }

    restart {
      attempts = 0
      mode     = "fail"
    }

    reschedule {
      attempts  = 0
      unlimited = false
    }

    task "web" {
      driver       = "raw_exec"
      kill_timeout = "500ms"

      config {
        command = "/bin/sh"
        args    = ["-c", var.script]
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

    ephemeral_disk {
      size = 20
    }
  }
}
