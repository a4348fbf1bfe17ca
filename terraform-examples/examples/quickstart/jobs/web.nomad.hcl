# The storefront: a small HTTP-like service that prints its greeting and stays up.

variable "version" {
  type = string
}

variable "greeting" {
  type = string
}

variable "payments" {
  type        = string
  description = "Which payment provider to use; comes from the environment."
}

variable "payment_modes" {
  type        = string
  description = "The modes that this version can handle; comes from the release."
  default     = "sandbox live"
}

variable "replicas" {
  type = number
}

job "storefront-web" {
  type = "service"

  group "web" {
    count = var.replicas

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

    task "server" {
      driver = "raw_exec"

      config {
        command = "/bin/sh"
        args    = ["local/server.sh"]
      }

      env {
        VERSION       = var.version
        GREETING      = var.greeting
        PAYMENTS      = var.payments
        PAYMENT_MODES = var.payment_modes
      }

      template {
        destination = "local/server.sh"
        data        = <<-SCRIPT
          echo "storefront $VERSION: $GREETING"
          case " $PAYMENT_MODES " in
            *" $PAYMENTS "*) ;;
            *) echo "storefront $VERSION cannot do payments in mode $PAYMENTS" >&2; exit 1 ;;
          esac
          trap 'exit 0' TERM INT
          while :; do sleep 1; done
        SCRIPT
      }

      resources {
        cpu    = 20
        memory = 16
      }
    }
  }
}
