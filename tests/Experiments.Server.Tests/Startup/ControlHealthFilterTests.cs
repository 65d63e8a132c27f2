using Experiments.Control.Api;
using Experiments.Server.Startup;
using Experiments.Server.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Server.Tests.Startup;

public sealed class ControlHealthFilterTests
{
    [Fact]
    public async Task Invoke_StoreThatHangs_IsAProblemAfterTwoSeconds()
    {
        var time = new FakeTimeProvider();
        await using var store = new HangingStore();
        var filter = new ControlHealthFilter(new ControlHealth(store), new PublishCheck(null!, null!, store), time);
        Task<object?> answer = filter.InvokeAsync(
            EndpointFilterInvocationContext.Create(new DefaultHttpContext()), static _ => throw new InvalidOperationException("It waits.")).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        ProblemHttpResult problem = Assert.IsType<ProblemHttpResult>(await answer);
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, problem.StatusCode);
        Assert.Equal("The definition store gave no answer within 2 s", problem.ProblemDetails.Detail);
    }
}
