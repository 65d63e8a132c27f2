using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Experiments.Benchmarks.Start;

/// <summary>Starts the decide server with the S3 source, in a directory of its own each time, and asks it until it answers.</summary>
internal sealed class DecideProcess(string binary, string s3Url, string bucket, string workDirectory)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    // Between two attempts to connect while the server does not listen yet: the resolution of the measurement.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(0.5);

    private int _starts;

    public async Task<StartSample> StartOnceAsync(string environment)
    {
        // Without last-good files of an earlier start.
        string directory = Directory.CreateDirectory(Path.Combine(workDirectory, $"start-{++_starts}")).FullName;
        int port = FreePort();
        var start = new ProcessStartInfo(binary, Arguments(port, directory))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = directory,
            Environment = { ["AWS_EC2_METADATA_DISABLED"] = "true" },
        };
        byte[] request = Encoding.ASCII.GetBytes(
            $"GET /decide?env={environment}&user_key=user-123&context=%7B%22country%22%3A%22US%22%2C%22plan%22%3A%22pro%22%7D HTTP/1.1\r\n"
            + "Host: localhost\r\nConnection: close\r\n\r\n");
        long startedAt = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        try
        {
            Task drained = process.StandardOutput.ReadToEndAsync();
            WaitForAnswer(process, port, request, startedAt);
            double firstAnswerMs = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
            await Task.Delay(Settle, TimeProvider.System);
            var sample = new StartSample(firstAnswerMs, StatusBytes(process.Id, "VmRSS"), StatusBytes(process.Id, "VmHWM"));
            process.Kill();
            await drained;
            return sample;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            Directory.Delete(directory, recursive: true);
        }
    }

    private string[] Arguments(int port, string directory) =>
    [
        "--urls", $"http://127.0.0.1:{port}",
        "--contentRoot", directory,
        "--Experiments:DataDirectory", Path.Combine(directory, "data"),
        "--Experiments:Snapshots:Kind", "s3",
        "--Experiments:Snapshots:Bucket", bucket,
        "--Experiments:Snapshots:ServiceUrl", s3Url,
        "--Experiments:Snapshots:Region", "us-east-1",
        "--Experiments:Snapshots:AccessKey", "test-access-key",
        "--Experiments:Snapshots:SecretKey", "test-secret-key",
    ];

    // Synchronous, so that no thread pool has to wake up first.
    private static void WaitForAnswer(Process process, int port, byte[] request, long startedAt)
    {
        string last = "no connection";
        using var pause = new ManualResetEventSlim();
        while (Stopwatch.GetElapsedTime(startedAt) < Limit)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
            }

            last = Ask(port, request) ?? last;
            if (last.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) && last.Contains("\"assignments\":[{", StringComparison.Ordinal))
            {
                return;
            }

            pause.Wait(Pause);
        }

        throw new TimeoutException($"No answer within {Limit}; the last one: {last}");
    }

    /// <summary>The whole answer; null where nobody listens yet.</summary>
    private static string? Ask(int port, byte[] request)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(IPAddress.Loopback, port);
            socket.Send(request);
            using var answer = new MemoryStream();
            byte[] buffer = new byte[64 * 1024];
            int length;
            while ((length = socket.Receive(buffer)) > 0)
            {
                answer.Write(buffer, 0, length);
            }

            return Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static long StatusBytes(int processId, string name) => long.Parse(
        File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
}
