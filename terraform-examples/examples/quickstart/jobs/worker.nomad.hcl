# The storefront's worker: does orders in the background.

variable "version" {
  type = string
}

job "storefront-worker" {
  type = "service"

  group "worker" {
    count = 1

    update {
      health_check      = "task_states"
      min_healthy_time  = "500ms"
      healthy_deadline  = "20s"
      progress_deadline = "30s"
    }

    restart {
      attempts = 0
      mode     = "fail"
    }

    reschedule {
      attempts  = 0
      unlimited = false
    }

    task "worker" {
      driver = "raw_exec"

      config {
        command = "/bin/sh"
        args    = ["-c", "echo worker $VERSION; trap 'exit 0' TERM INT; while :; do sleep 1; done"]
      }

      env {
        VERSION = var.version
      }

      resources {
        cpu    = 20
        memory = 16
      }
    }
  }
}
