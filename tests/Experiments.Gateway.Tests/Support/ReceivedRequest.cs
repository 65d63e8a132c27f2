using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Tests.Support;

/// <summary>What reached a backend; the target byte for byte.</summary>
internal sealed record ReceivedRequest(string Method, string Target, IHeaderDictionary Headers);
