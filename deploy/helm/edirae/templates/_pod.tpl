{{- define "edirae.security" }}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        fsGroup: 1000
        seccompProfile:
          type: RuntimeDefault
{{- end }}
{{- define "edirae.container" }}
          image: {{ printf "%q" .Values.image }}
          imagePullPolicy: {{ .Values.imagePullPolicy }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: ["ALL"]
          envFrom:
            - secretRef:
                name: {{ printf "%q" .Values.secret }}
          volumeMounts:
            - name: data
              mountPath: /data
            - name: tmp
              mountPath: /tmp
{{- end }}
{{- define "edirae.volumes" }}
      volumes:
        - name: data
          emptyDir: {}
        - name: tmp
          emptyDir: {}
{{- end }}
{{- define "edirae.settings" }}
            - name: EDIRAE_ORIGIN
              value: {{ printf "%q" .Values.origin }}
            - name: EDIRAE_OPERATORS
              value: {{ printf "%q" .Values.operators }}
            - name: EDIRAE_LOG
              value: {{ printf "%q" .Values.log }}
            - name: OTEL_EXPORTER_OTLP_ENDPOINT
              value: {{ printf "%q" .Values.traces }}
{{- end }}
