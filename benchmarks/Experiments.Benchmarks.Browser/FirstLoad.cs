using System.Text.Json;
using Experiments.Benchmarks.Dashboard;
using Microsoft.Playwright;

namespace Experiments.Benchmarks.Browser;

/// <summary>What comes over the wire when somebody opens a page for the first time, as the browser itself counts it.</summary>
internal static class FirstLoad
{
    private const int Base64Chars = 4;
    private const int Base64Bytes = 3;

    /// <param name="page">With an empty cache.</param>
    /// <param name="path">To open.</param>
    public static async Task<PageRow> MeasureAsync(IPage page, string path)
    {
        ICDPSession network = await page.Context.NewCDPSessionAsync(page);
        Dictionary<string, string> kinds = [];
        (int requests, long bytes, long document, long socket) = (0, 0, 0, 0);
        network.Event("Network.responseReceived").OnEvent += (_, message) =>
            kinds[message!.Value.GetProperty("requestId").GetString()!] = message.Value.GetProperty("type").GetString()!;
        network.Event("Network.loadingFinished").OnEvent += (_, message) =>
        {
            long length = (long)message!.Value.GetProperty("encodedDataLength").GetDouble();
            requests++;
            bytes += length;
            document += kinds.GetValueOrDefault(message.Value.GetProperty("requestId").GetString()!) == "Document" ? length : 0;
        };
        network.Event("Network.webSocketFrameReceived").OnEvent += (_, message) =>
        {
            JsonElement frame = message!.Value.GetProperty("response");
            int length = frame.GetProperty("payloadData").GetString()!.Length;
            socket += frame.GetProperty("opcode").GetInt32() == 1 ? length : length * Base64Bytes / Base64Chars;
        };
        await network.SendAsync("Network.enable");
        await page.GotoAsync(path);
        await page.WaitForSelectorAsync("body[data-interactive=true]", new() { State = WaitForSelectorState.Attached });
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return new PageRow(path, requests, document, bytes, socket);
    }
}
