<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AdminView</name>
    <message>
        <source>off</source>
        <translation>停用</translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>this desk</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>shut out</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>小组</translation>
    </message>
    <message>
        <source>Stores</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>Desks</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>People and desks</source>
        <translation>人员与工作台</translation>
    </message>
    <message>
        <source>A desk appears here when it is enrolled with its one-time code.</source>
        <translation>工作台用一次性代码注册后会出现在这里。</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>暂无内容</translation>
    </message>
    <message>
        <source>+ adds one.</source>
        <translation>按 + 新增。</translation>
    </message>
</context>
<context>
    <name>ApprovalCard</name>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Change amount</source>
        <translation>改金额</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>Other amount</source>
        <translation>其他金额</translation>
    </message>
    <message>
        <source>{name} asks · {case} · …{tail}</source>
        <translation>{name} 申请 · {case} · …{tail}</translation>
    </message>
    <message>
        <source>Similar cases got: {what}</source>
        <translation>相似工单：{what}</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Given on it</source>
        <translation>本单已给</translation>
    </message>
    <message>
        <source>Given to the customer</source>
        <translation>客户已得</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>依据</translation>
    </message>
</context>
<context>
    <name>ApprovalsView</name>
    <message>
        <source>Answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Open ones</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Nobody waits for you</source>
        <translation>没有等待您的审批</translation>
    </message>
    <message>
        <source>Requests of your teams appear here by themselves.</source>
        <translation>小组的申请会自动出现在这里。</translation>
    </message>
    <message>
        <source>No request in hand</source>
        <translation>没有选中的审批</translation>
    </message>
</context>
<context>
    <name>AskPanel</name>
    <message>
        <source>in {time}, by the rules</source>
        <translation>{time}内，按规则</translation>
    </message>
    <message>
        <source>in {time}</source>
        <translation>{time}内</translation>
    </message>
    <message>
        <source>Ask a team</source>
        <translation>请其他组协助</translation>
    </message>
    <message>
        <source>The case stays with you; their answer comes here.</source>
        <translation>工单仍在您手上，对方的答复会显示在这里。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>协助组</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>What they have to know</source>
        <translation>需要让对方知道的</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>AttentionView</name>
    <message>
        <source>Needs attention</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>These acts were not done. Each says why and what to do next; nothing was lost.</source>
        <translation>以下操作未完成，每条都说明了原因和下一步，没有丢失任何内容。</translation>
    </message>
    <message>
        <source>Nothing needs you</source>
        <translation>没有待处理事项</translation>
    </message>
    <message>
        <source>Every act of yours was done.</source>
        <translation>您的操作都已完成。</translation>
    </message>
</context>
<context>
    <name>CallLine</name>
    <message>
        <source>Ask the centre for “{typed}”</source>
        <translation>向中心查询“{typed}”</translation>
    </message>
    <message>
        <source>Enter opens, ↑↓ chooses. A verb behind it acts: “4471 c”.</source>
        <translation>回车打开，↑↓ 选择；后面加动作键可直接操作：“4471 c”。</translation>
    </message>
    <message>
        <source>Many fit. Type another piece behind it: “{typed} 4471”.</source>
        <translation>符合的很多，可再加一段：“{typed} 4471”。</translation>
    </message>
    <message>
        <source>Nothing here. Enter asks the centre.</source>
        <translation>本机没有，回车向中心查询。</translation>
    </message>
    <message>
        <source>order · phone · name · pinyin · tracking</source>
        <translation>订单号 · 手机 · 姓名 · 拼音 · 运单号</translation>
    </message>
    <message>
        <source>Call line</source>
        <translation>呼叫栏</translation>
    </message>
</context>
<context>
    <name>CaseControl</name>
    <message>
        <source>Path of the case</source>
        <translation>工单路径</translation>
    </message>
    <message>
        <source>Ask a team</source>
        <translation>请其他组协助</translation>
    </message>
</context>
<context>
    <name>CaseLine</name>
    <message>
        <source>pick the reason</source>
        <translation>请选择原因</translation>
    </message>
    <message>
        <source>asked again ×{count}</source>
        <translation>催促 ×{count}</translation>
    </message>
    <message>
        <source>{name} has it</source>
        <translation>{name}处理中</translation>
    </message>
    <message>
        <source>needs review</source>
        <translation>需人工审核</translation>
    </message>
    <message>
        <source>clocks paused</source>
        <translation>已暂停计时</translation>
    </message>
    <message>
        <source>Press when it is kept</source>
        <translation>兑现后点击</translation>
    </message>
</context>
<context>
    <name>CaseView</name>
    <message>
        <source>number follows</source>
        <translation>编号待生成</translation>
    </message>
    <message>
        <source>No case in hand</source>
        <translation>还没有打开工单</translation>
    </message>
    <message>
        <source>Enter opens the one under the cursor, Ctrl+K finds an order.</source>
        <translation>回车打开光标处的工单，Ctrl+K 查找订单。</translation>
    </message>
    <message>
        <source>Customer: “{words}”</source>
        <translation>客户：“{words}”</translation>
    </message>
</context>
<context>
    <name>CausesView</name>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>ChecksView</name>
    <message>
        <source>Check</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>核实清单</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>写说明</translation>
    </message>
    <message>
        <source>{count} required</source>
        <translation>还有 {count} 项必查</translation>
    </message>
    <message>
        <source>{done} of {all}</source>
        <translation>{done}/{all}</translation>
    </message>
</context>
<context>
    <name>CodeCard</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Shown this once, good until {time}. {name} signs in with it and sets a password.</source>
        <translation>仅显示这一次，有效期至 {time}。{name}用它登录后自行设置密码。</translation>
    </message>
    <message>
        <source>Who is new or forgot the password gets a one-time code. What they had is void at once.</source>
        <translation>新同事或忘记密码的人可获得一次性登录码，原密码立即失效。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>One-time code for {name}</source>
        <translation>为{name}生成一次性登录码</translation>
    </message>
    <message>
        <source>Enter: void the password of {name}, give a code</source>
        <translation>回车：{name}的原密码作废，生成登录码</translation>
    </message>
</context>
<context>
    <name>DeskCard</name>
    <message>
        <source>this desk</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Sees: {scopes}</source>
        <translation>可见范围：{scopes}</translation>
    </message>
    <message>
        <source>Shut out: it can no longer sign in, send or fetch.</source>
        <translation>已停用：不能再登录、发送或同步。</translation>
    </message>
    <message>
        <source>A lost or retired desk is shut out at once; what it has not sent yet does not arrive any more.</source>
        <translation>遗失或停用的工作台会立即失效，未发送的内容不会再送达。</translation>
    </message>
    <message>
        <source>Shut out {name}</source>
        <translation>停用 {name}</translation>
    </message>
    <message>
        <source>Enter: shut {name} out for good</source>
        <translation>按 Enter 停用 {name}</translation>
    </message>
</context>
<context>
    <name>GiveView</name>
    <message>
        <source>Give</source>
        <translation>补偿</translation>
    </message>
    <message>
        <source>For: {cause}</source>
        <translation>原因：{cause}</translation>
    </message>
    <message>
        <source>pick the cause</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Goes with what you did: {offers}</source>
        <translation>建议随本次处理一并补偿：{offers}</translation>
    </message>
</context>
<context>
    <name>GivenCard</name>
    <message>
        <source>Given and asked</source>
        <translation>已给与执行</translation>
    </message>
</context>
<context>
    <name>HandoffsCard</name>
    <message>
        <source>Asked of other teams</source>
        <translation>其他组协助</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>InputsPanel</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>LeavingBar</name>
    <message numerus="yes">
        <source>%n act(s) not sent yet</source>
        <translation>
            <numerusform>还有 %n 项操作未发送</numerusform>
        </translation>
    </message>
    <message>
        <source>This window closes by itself when they are sent.</source>
        <translation>发送完成后窗口会自动关闭。</translation>
    </message>
    <message>
        <source>Nothing is lost: they are kept on this desk and go out when you next sign in here.</source>
        <translation>不会丢失：已保存在本机，您下次在此登录时自动发送。</translation>
    </message>
    <message>
        <source>Leave now</source>
        <translation>现在离开</translation>
    </message>
    <message>
        <source>Leave when they are sent</source>
        <translation>发送完再离开</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
</context>
<context>
    <name>LinesModel</name>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>实付</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>holds {reserved}</source>
        <translation>占用 {reserved}</translation>
    </message>
    <message>
        <source>{available} free</source>
        <translation>可用 {available}</translation>
    </message>
    <message>
        <source>{counted} counted</source>
        <translation>实盘 {counted}</translation>
    </message>
</context>
<context>
    <name>LookupView</name>
    <message>
        <source>number, tail, phone, name, pinyin, tracking</source>
        <translation>订单号、尾号、手机、姓名、拼音、运单号</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Orders found</source>
        <translation>查询结果</translation>
    </message>
    <message>
        <source>Nothing found for “{typed}”</source>
        <translation>没有找到“{typed}”</translation>
    </message>
    <message>
        <source>Ask for another piece: phone, name, tracking. Or open a ticket without an order beside.</source>
        <translation>请再问一项信息：电话、姓名或运单号，也可以在旁边登记无订单工单。</translation>
    </message>
    <message>
        <source>Type what the customer says</source>
        <translation>输入客户提供的信息</translation>
    </message>
    <message>
        <source>More fit than are shown here. Ask for another piece: “{typed} 4471”.</source>
        <translation>还有更多没有列出。请再问一段信息：“{typed} 4471”。</translation>
    </message>
    <message>
        <source>The last digits will do. Enter asks the centre as well. Without an order, open a ticket beside.</source>
        <translation>输入尾号即可，回车同时向中心查询。没有订单也可在右侧新建工单。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Your password is changed.</source>
        <translation>密码已修改。</translation>
    </message>
    <message>
        <source>Order Desk</source>
        <translation>订单工作台</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>MeterBar</name>
    <message>
        <source>the centre knows</source>
        <translation>由中心掌握</translation>
    </message>
</context>
<context>
    <name>NextView</name>
    <message>
        <source>First ask for the real need: would one of these do?</source>
        <translation>先问真实原因：愿意接受以下方案吗？</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss notices</source>
        <translation>关闭提示</translation>
    </message>
    <message numerus="yes">
        <source>+%n more</source>
        <translation>
            <numerusform>另有 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpenTicketForm</name>
    <message>
        <source>not known yet</source>
        <translation>暂不清楚</translation>
    </message>
    <message>
        <source>Open a ticket for {number}</source>
        <translation>为订单 {number} 新建工单</translation>
    </message>
    <message>
        <source>Open a ticket without an order</source>
        <translation>新建无订单工单</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why (by keywords)</source>
        <translation>原因（按关键词）</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>小组</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>订单号</translation>
    </message>
    <message>
        <source>What the customer says</source>
        <translation>客户描述</translation>
    </message>
    <message>
        <source>Open for {team}</source>
        <translation>开单并转给{team}</translation>
    </message>
    <message>
        <source>Open and claim</source>
        <translation>新建并领取</translation>
    </message>
</context>
<context>
    <name>OptionsView</name>
    <message>
        <source>Handle</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>Ask a team</source>
        <translation>请其他组协助</translation>
    </message>
</context>
<context>
    <name>OrderCard</name>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>pick-up</source>
        <translation>自提</translation>
    </message>
    <message>
        <source>Freight {amount}</source>
        <translation>运费 {amount}</translation>
    </message>
    <message>
        <source>Remark: {remark}</source>
        <translation>备注：{remark}</translation>
    </message>
    <message>
        <source>no. {number}</source>
        <translation>单号 {number}</translation>
    </message>
    <message>
        <source>{amount} refund asked</source>
        <translation>已提交退款 {amount}</translation>
    </message>
    <message>
        <source>{amount} refunded</source>
        <translation>已退 {amount}</translation>
    </message>
    <message>
        <source>Not on the order: {method} {amount}</source>
        <translation>订单外收款：{method} {amount}</translation>
    </message>
    <message>
        <source>Parcel {carrier} {tracking}</source>
        <translation>包裹 {carrier} {tracking}</translation>
    </message>
    <message>
        <source>no news for {hours} h</source>
        <translation>{hours} 小时无更新</translation>
    </message>
    <message>
        <source>due {time}</source>
        <translation>预计 {time} 送达</translation>
    </message>
</context>
<context>
    <name>PanelsControl</name>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Everybody who works on this case reads it.</source>
        <translation>处理此工单的同事都能看到。</translation>
    </message>
    <message>
        <source>The case leaves your queue; the other team sees what you write.</source>
        <translation>工单将移出您的队列，对方小组会看到您写的内容。</translation>
    </message>
    <message>
        <source>Hand off</source>
        <translation>转交</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Say why. The history stays.</source>
        <translation>请说明原因，历史会保留。</translation>
    </message>
    <message>
        <source>What you saw or were told. It stands beside the check.</source>
        <translation>您看到的或对方告知的情况，会显示在该核实项旁。</translation>
    </message>
    <message>
        <source>Cancels and compensation for this customer then need a person. Say what you found.</source>
        <translation>拉黑后，该客户的取消和补偿都需要人工确认。请写明发现了什么。</translation>
    </message>
    <message>
        <source>Block the customer</source>
        <translation>拉黑客户</translation>
    </message>
    <message>
        <source>Lift the block</source>
        <translation>解除拉黑</translation>
    </message>
    <message>
        <source>Say why.</source>
        <translation>请写明原因。</translation>
    </message>
</context>
<context>
    <name>PasswordView</name>
    <message>
        <source>The code has let you in this once. Choose a password that only you know.</source>
        <translation>登录码仅可使用这一次。请设置只有您自己知道的密码。</translation>
    </message>
    <message>
        <source>You stay signed in here; every other desk asks for the new password.</source>
        <translation>本工作台保持登录；其他工作台需使用新密码。</translation>
    </message>
    <message>
        <source>Password now</source>
        <translation>当前密码</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>New password once more</source>
        <translation>再次输入新密码</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Set password</source>
        <translation>设置密码</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>The two are not the same. Type the new password again.</source>
        <translation>两次输入不一致，请重新输入新密码。</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>New person</source>
        <translation>新增人员</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>小组</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Works here</source>
        <translation>在职</translation>
    </message>
    <message>
        <source>may sign in</source>
        <translation>可以登录</translation>
    </message>
    <message>
        <source>Save person</source>
        <translation>保存人员</translation>
    </message>
</context>
<context>
    <name>PlaceForm</name>
    <message>
        <source>New store</source>
        <translation>新增门店</translation>
    </message>
    <message>
        <source>New team</source>
        <translation>新增小组</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Name in Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>Name in English</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>营业</translation>
    </message>
    <message>
        <source>takes orders</source>
        <translation>接单</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>PlaybookView</name>
    <message>
        <source>Playbook</source>
        <translation>处理手册</translation>
    </message>
    <message>
        <source>Found {time}</source>
        <translation>{time} 发现</translation>
    </message>
    <message>
        <source>no longer so since {time}</source>
        <translation>{time} 起已恢复正常</translation>
    </message>
    <message>
        <source>order {manner} at {stage}</source>
        <translation>订单在{stage}环节{manner}</translation>
    </message>
    <message>
        <source>owned by {team}</source>
        <translation>由{team}负责</translation>
    </message>
    <message>
        <source>moved up to {level}</source>
        <translation>已上报{level}</translation>
    </message>
    <message>
        <source>moved up</source>
        <translation>已上报</translation>
    </message>
    <message>
        <source>{level} hears of it in {time}</source>
        <translation>{time} 后上报{level}</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>All kinds</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>需人工审核</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>本组</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>待领取</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>order tail, customer, reason</source>
        <translation>订单尾号、客户、原因</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Nothing in your hands</source>
        <translation>您手上没有工单</translation>
    </message>
    <message>
        <source>Space on a ticket of the team claims it.</source>
        <translation>在本组工单上按空格领取。</translation>
    </message>
    <message>
        <source>No open tickets</source>
        <translation>没有待处理的工单</translation>
    </message>
    <message>
        <source>New ones appear here by themselves.</source>
        <translation>新工单会自动出现在这里。</translation>
    </message>
</context>
<context>
    <name>ReplayView</name>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Path of the case</source>
        <translation>工单路径</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>No steps yet</source>
        <translation>暂无步骤</translation>
    </message>
    <message>
        <source>Every act on this case becomes one.</source>
        <translation>本工单的每个动作都会成为一步。</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 步</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SayView</name>
    <message>
        <source>Say</source>
        <translation>话术</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>已口述</translation>
    </message>
    <message>
        <source>Copy the words</source>
        <translation>复制话术</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>换一条</translation>
    </message>
    <message>
        <source>no script fits</source>
        <translation>没有合适的话术</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>Script in the other language</source>
        <translation>切换话术语言</translation>
    </message>
    <message numerus="yes">
        <source>SMS · %n part(s)</source>
        <translation>
            <numerusform>短信 · %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignInView</name>
    <message>
        <source>Order Desk</source>
        <translation>订单工作台</translation>
    </message>
    <message>
        <source>Enrol this desk</source>
        <translation>注册本机</translation>
    </message>
    <message>
        <source>Sign in to take calls. Offline it works where you signed in before.</source>
        <translation>登录后接听来电。离线时可在登录过的机器上使用。</translation>
    </message>
    <message>
        <source>Your administrator gave you a one-time code for this desk.</source>
        <translation>请输入管理员提供的一次性注册码。</translation>
    </message>
    <message>
        <source>Locked. Your work and its sending go on behind this.</source>
        <translation>已锁定，后台仍在继续发送。</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) of {name} are kept on this desk and sent when they next sign in here.</source>
        <translation>
            <numerusform>{name} 还有 %n 项操作保存在本机，其下次在此登录时自动发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>Code</source>
        <translation>注册码</translation>
    </message>
    <message>
        <source>Name of this desk</source>
        <translation>本机名称</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Switch person</source>
        <translation>切换人员</translation>
    </message>
    <message>
        <source>Switch to Chinese or English</source>
        <translation>切换中文或英文</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Demo: pick a person, Enter signs in</source>
        <translation>演示：选择人员，回车登录</translation>
    </message>
    <message>
        <source>Signed in here before</source>
        <translation>曾在本机登录</translation>
    </message>
</context>
<context>
    <name>StateView</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>加载中…</translation>
    </message>
    <message>
        <source>Your work is kept.</source>
        <translation>您的工作已保存。</translation>
    </message>
</context>
<context>
    <name>StatusView</name>
    <message>
        <source>inside this desk, demo</source>
        <translation>本机内，演示</translation>
    </message>
    <message>
        <source>Last heard from the centre</source>
        <translation>上次同步</translation>
    </message>
    <message>
        <source>Acts to send</source>
        <translation>待发送操作</translation>
    </message>
    <message>
        <source>Sent, answer unknown</source>
        <translation>已发送，结果未知</translation>
    </message>
    <message>
        <source>Acts that need you</source>
        <translation>待处理操作</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>This desk</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Sees</source>
        <translation>可见范围</translation>
    </message>
    <message>
        <source>Place in the feed</source>
        <translation>同步位置</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>This desk and the centre</source>
        <translation>本机与中心</translation>
    </message>
    <message>
        <source>Acts are kept on this desk first and sent by themselves. Nothing is lost when the line is down.</source>
        <translation>操作先保存在本机，再自动发送。断网也不会丢失。</translation>
    </message>
    <message>
        <source>Send and fetch now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>语言与外观</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
</context>
<context>
    <name>TaskCard</name>
    <message>
        <source>due {time}</source>
        <translation>期限 {time}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>reference: claim, purchase order, payment number…</source>
        <translation>凭证号：理赔单、采购单、支付单号…</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>凭证号</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>what the other team has to know</source>
        <translation>需要让对方知道的情况</translation>
    </message>
    <message>
        <source>why not</source>
        <translation>不能办理的原因</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Cannot be done</source>
        <translation>不能办理</translation>
    </message>
    <message>
        <source>Answer: done</source>
        <translation>答复：已完成</translation>
    </message>
    <message>
        <source>Answer: cannot be done</source>
        <translation>答复：不能办理</translation>
    </message>
    <message>
        <source>Case {number}</source>
        <translation>工单 {number}</translation>
    </message>
</context>
<context>
    <name>TasksView</name>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>No tasks</source>
        <translation>没有任务</translation>
    </message>
    <message>
        <source>What other teams ask of yours, and what another system could not do: answer with the reference.</source>
        <translation>其他组请本组协助的事项，以及其他系统未能完成的操作：请凭凭证号答复。</translation>
    </message>
    <message>
        <source>Answered lately</source>
        <translation>最近已回复</translation>
    </message>
    <message>
        <source>Waiting ones</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>What is asked of your team or has to be done by hand appears here by itself.</source>
        <translation>请本组协助或需要人工完成的事项会自动出现在这里。</translation>
    </message>
    <message>
        <source>reference: payment number, waybill… or why it cannot be done</source>
        <translation>凭证号：支付单号、运单号…，或写明不能办理的原因</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>凭证号</translation>
    </message>
    <message>
        <source>Confirm as done</source>
        <translation>确认完成</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>领取</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Cannot</source>
        <translation>不能办理</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无记录</translation>
    </message>
    <message>
        <source>Payments, parcels and what is done here appear by themselves.</source>
        <translation>支付、物流和处理动作会自动显示在这里。</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>&amp;Lock</source>
        <translation>锁定(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Switch person</source>
        <translation>切换人员(&amp;S)</translation>
    </message>
    <message>
        <source>Change &amp;password</source>
        <translation>修改密码(&amp;P)</translation>
    </message>
    <message>
        <source>all sent</source>
        <translation>已全部同步</translation>
    </message>
    <message>
        <source>demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>The centre runs inside this desk, on made-up orders.</source>
        <translation>中心运行在本机，使用虚构订单。</translation>
    </message>
    <message>
        <source>To send {count}</source>
        <translation>待发送 {count}</translation>
    </message>
    <message>
        <source>Attention {count}</source>
        <translation>待处理 {count}</translation>
    </message>
    <message>
        <source>Switch to Chinese or English</source>
        <translation>切换中文或英文</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色 / 深色</translation>
    </message>
    <message>
        <source>Keys of this screen</source>
        <translation>本页快捷键</translation>
    </message>
</context>
<context>
    <name>VerdictBand</name>
    <message>
        <source>Why</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Merchant&apos;s cost {cost}</source>
        <translation>商家成本 {cost}</translation>
    </message>
    <message>
        <source>Customer&apos;s cost {cost}</source>
        <translation>顾客成本 {cost}</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>即时到账</translation>
    </message>
    <message numerus="yes">
        <source>within %n working day(s)</source>
        <translation>
            <numerusform>%n个工作日内</numerusform>
        </translation>
    </message>
    <message>
        <source>{low}–{high} working days</source>
        <translation>{low}–{high}个工作日</translation>
    </message>
    <message>
        <source>rules v{version}</source>
        <translation>依据规则 v{version}</translation>
    </message>
    <message>
        <source>forecast of this desk</source>
        <translation>本机预判</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>还剩 {time}</translation>
    </message>
    <message>
        <source>turning now</source>
        <translation>即将变化</translation>
    </message>
</context>
<context>
    <name>WhoCard</name>
    <message>
        <source>Show contact</source>
        <translation>查看联系方式</translation>
    </message>
    <message>
        <source>Show the contact in full; this is written down</source>
        <translation>查看完整联系方式（会被记录）</translation>
    </message>
    <message>
        <source>No customer known yet</source>
        <translation>暂无客户信息</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>情绪</translation>
    </message>
    <message>
        <source>Mood: {mood}</source>
        <translation>情绪：{mood}</translation>
    </message>
    <message>
        <source>lifted</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Blocked until {until}: {reason}</source>
        <translation>已拉黑至{until}：{reason}</translation>
    </message>
    <message>
        <source>{days} days: the centre knows</source>
        <translation>{days} 天：由中心掌握</translation>
    </message>
    <message>
        <source>{days} days: orders {orders} · cancels {cancels} · given {given}</source>
        <translation>{days} 天：订单 {orders} · 取消 {cancels} · 补偿 {given}</translation>
    </message>
    <message>
        <source>waiting {time}</source>
        <translation>等待 {time}</translation>
    </message>
</context>
<context>
    <name>WordsPanel</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>Hand off</source>
        <translation>转交</translation>
    </message>
    <message>
        <source>Wrap up</source>
        <translation>结单</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>More acts</source>
        <translation>更多操作</translation>
    </message>
</context>
<context>
    <name>WrapUpView</name>
    <message>
        <source>Still missing: {what}</source>
        <translation>还需填写：{what}</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>工单结论</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>处理过程</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>What the customer said to it</source>
        <translation>客户反馈</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>满意度</translation>
    </message>
    <message>
        <source>Why an act was left out</source>
        <translation>未完成五步沟通的原因</translation>
    </message>
    <message>
        <source>Wrap up</source>
        <translation>结单</translation>
    </message>
    <message>
        <source>Close the case</source>
        <translation>关闭工单</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>未询问</translation>
    </message>
</context>
<context>
    <name>_RequestLine</name>
    <message>
        <source>Ask again</source>
        <translation>再次申请</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Call line: find, then act</source>
        <translation>呼叫栏：查询并操作</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>People and desks</source>
        <translation>人员与工作台</translation>
    </message>
    <message>
        <source>Status and settings</source>
        <translation>状态与设置</translation>
    </message>
    <message>
        <source>Raise an exception</source>
        <translation>登记异常</translation>
    </message>
    <message>
        <source>Keys of this screen</source>
        <translation>本页快捷键</translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation>锁定屏幕</translation>
    </message>
    <message>
        <source>Chinese or English</source>
        <translation>中文 / 英文</translation>
    </message>
    <message>
        <source>Send and fetch now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>To the queue</source>
        <translation>回到队列</translation>
    </message>
    <message>
        <source>Next ticket</source>
        <translation>下一个工单</translation>
    </message>
    <message>
        <source>Ticket before</source>
        <translation>上一个工单</translation>
    </message>
    <message>
        <source>Claim and start</source>
        <translation>领取并开始</translation>
    </message>
    <message>
        <source>Go to the newest notice</source>
        <translation>查看最新提示</translation>
    </message>
    <message>
        <source>Next tab of the queue</source>
        <translation>切换队列标签</translation>
    </message>
    <message>
        <source>Filter the queue</source>
        <translation>筛选队列</translation>
    </message>
    <message>
        <source>Say or send the script</source>
        <translation>口述或发送话术</translation>
    </message>
    <message>
        <source>Copy the script</source>
        <translation>复制话术</translation>
    </message>
    <message>
        <source>Other script</source>
        <translation>换一条话术</translation>
    </message>
    <message>
        <source>Do the next act</source>
        <translation>执行下一步</translation>
    </message>
    <message>
        <source>Reason or type</source>
        <translation>原因或类型</translation>
    </message>
    <message>
        <source>Customer&apos;s mood</source>
        <translation>客户情绪</translation>
    </message>
    <message>
        <source>Why: rule by rule</source>
        <translation>依据：逐条规则</translation>
    </message>
    <message>
        <source>Cause of the compensation</source>
        <translation>补偿原因</translation>
    </message>
    <message>
        <source>Go through the checks</source>
        <translation>逐项核实</translation>
    </message>
    <message>
        <source>Handle it: to the options</source>
        <translation>处理：转到处理方案</translation>
    </message>
    <message>
        <source>Cause of the trouble</source>
        <translation>异常原因</translation>
    </message>
    <message>
        <source>Ask a team</source>
        <translation>请其他组协助</translation>
    </message>
    <message>
        <source>Filter the timeline</source>
        <translation>筛选时间线</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>写备注</translation>
    </message>
    <message>
        <source>Hand off to another team</source>
        <translation>转交其他小组</translation>
    </message>
    <message>
        <source>Wrap up</source>
        <translation>结单</translation>
    </message>
    <message>
        <source>Path of the case</source>
        <translation>工单路径</translation>
    </message>
    <message>
        <source>More acts</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Give this compensation</source>
        <translation>给出该项补偿</translation>
    </message>
    <message>
        <source>Take this option</source>
        <translation>采用该方案</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Change the amount</source>
        <translation>改金额</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>Do it again</source>
        <translation>重新提交</translation>
    </message>
    <message>
        <source>Done with it</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Take it; let it try again</source>
        <translation>领取；让系统重试</translation>
    </message>
    <message>
        <source>Done: answer</source>
        <translation>已完成：答复</translation>
    </message>
    <message>
        <source>Cannot be done: say why</source>
        <translation>不能办理：说明原因</translation>
    </message>
    <message>
        <source>Add one</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Open the case under the cursor</source>
        <translation>打开光标所在工单</translation>
    </message>
    <message>
        <source>In the checks: yes</source>
        <translation>核查项：是</translation>
    </message>
    <message>
        <source>In the checks: no</source>
        <translation>核查项：否</translation>
    </message>
    <message>
        <source>In the checks: unclear</source>
        <translation>核查项：不确定</translation>
    </message>
    <message>
        <source>In the checks: write beside it</source>
        <translation>核查项：补充说明</translation>
    </message>
    <message>
        <source>In what was asked: withdraw it</source>
        <translation>协办：撤回</translation>
    </message>
    <message>
        <source>The second key, where money leaves</source>
        <translation>涉及出款时的二次确认</translation>
    </message>
    <message>
        <source>In a panel: done with it</source>
        <translation>面板：完成</translation>
    </message>
    <message>
        <source>Out of a panel; what was typed stays</source>
        <translation>离开面板，已输入内容保留</translation>
    </message>
    <message>
        <source>Ask the centre; once more opens it</source>
        <translation>同时查询中心；再按一次打开</translation>
    </message>
    <message>
        <source>Open the ticket that is filled in</source>
        <translation>提交填好的工单</translation>
    </message>
    <message>
        <source>In the amount: approve it</source>
        <translation>金额框：按此金额批准</translation>
    </message>
    <message>
        <source>Out of the amount</source>
        <translation>离开金额框</translation>
    </message>
    <message>
        <source>To the reference; once more: done</source>
        <translation>填写凭证号；再按一次确认完成</translation>
    </message>
    <message>
        <source>In the answer: send it</source>
        <translation>答复框：发送</translation>
    </message>
    <message>
        <source>Out of the answer; what was typed stays</source>
        <translation>离开答复框，已输入内容保留</translation>
    </message>
    <message>
        <source>Save what is filled in</source>
        <translation>保存填写内容</translation>
    </message>
    <message>
        <source>Down in a list</source>
        <translation>列表下移</translation>
    </message>
    <message>
        <source>Up in a list</source>
        <translation>列表上移</translation>
    </message>
    <message>
        <source>To the next field or button</source>
        <translation>到下一个字段或按钮</translation>
    </message>
    <message>
        <source>Press the button you are on</source>
        <translation>按下当前按钮</translation>
    </message>
</context>
<context>
    <name>format</name>
    <message>
        <source>{days} d {time}</source>
        <translation>{days} 天 {time}</translation>
    </message>
    <message>
        <source>{hours}h {minutes}m</source>
        <translation>{hours}时{minutes}分</translation>
    </message>
    <message>
        <source>{days}d {hours}h</source>
        <translation>{days}天{hours}时</translation>
    </message>
</context>
<context>
    <name>words act</name>
    <message>
        <source>Notify</source>
        <translation>告知</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进展</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Apology</source>
        <translation>致歉</translation>
    </message>
</context>
<context>
    <name>words answer</name>
    <message>
        <source>Not cancelled</source>
        <translation>未取消</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已支付</translation>
    </message>
    <message>
        <source>Not paid</source>
        <translation>未支付</translation>
    </message>
    <message>
        <source>Money came in</source>
        <translation>已收到款</translation>
    </message>
    <message>
        <source>No money came in</source>
        <translation>未收到款</translation>
    </message>
    <message>
        <source>Signed for</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>Not signed</source>
        <translation>未签收</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>已发货</translation>
    </message>
    <message>
        <source>Not shipped</source>
        <translation>未发货</translation>
    </message>
    <message>
        <source>Fresh goods</source>
        <translation>生鲜</translation>
    </message>
    <message>
        <source>Not fresh</source>
        <translation>非生鲜</translation>
    </message>
    <message>
        <source>Past shipping time</source>
        <translation>已过发货时间</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>未过发货时间</translation>
    </message>
    <message>
        <source>Packed</source>
        <translation>已打包</translation>
    </message>
    <message>
        <source>Not packed</source>
        <translation>未打包</translation>
    </message>
    <message>
        <source>Window open</source>
        <translation>在可取消时效内</translation>
    </message>
    <message>
        <source>Window closed</source>
        <translation>已过可取消时效</translation>
    </message>
</context>
<context>
    <name>words approval_state</name>
    <message>
        <source>Waiting</source>
        <translation>等待审批</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已通过</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>Ran out</source>
        <translation>已过期</translation>
    </message>
</context>
<context>
    <name>words area</name>
    <message>
        <source>Payment</source>
        <translation>支付</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Parcel</source>
        <translation>物流</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>补偿</translation>
    </message>
</context>
<context>
    <name>words armed</name>
    <message>
        <source>Enter: {amount:money} leaves for good</source>
        <translation>按 Enter 确认退款 {amount:money}</translation>
    </message>
    <message>
        <source>Enter: cancel the order</source>
        <translation>按 Enter 确认取消</translation>
    </message>
</context>
<context>
    <name>words attention_step</name>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>Do it again</source>
        <translation>重新提交</translation>
    </message>
    <message>
        <source>Done with it</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Look it up again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Tell the administrator</source>
        <translation>联系管理员</translation>
    </message>
</context>
<context>
    <name>words back</name>
    <message>
        <source>back in full</source>
        <translation>全额退回</translation>
    </message>
    <message>
        <source>the rest goes back</source>
        <translation>退回余额</translation>
    </message>
    <message>
        <source>nothing to give back</source>
        <translation>无需退回</translation>
    </message>
    <message>
        <source>paid too much, goes back</source>
        <translation>多付部分退回</translation>
    </message>
    <message>
        <source>goes back</source>
        <translation>将退回</translation>
    </message>
    <message>
        <source>issued anew</source>
        <translation>将补发</translation>
    </message>
    <message>
        <source>has expired</source>
        <translation>已过期，不退</translation>
    </message>
    <message>
        <source>{points} points go back</source>
        <translation>将退回 {points} 分</translation>
    </message>
    <message>
        <source>{points} points earned are taken off</source>
        <translation>扣回所获 {points} 分</translation>
    </message>
    <message>
        <source>stock released</source>
        <translation>释放库存</translation>
    </message>
    <message>
        <source>gift comes back</source>
        <translation>赠品需退回</translation>
    </message>
    <message>
        <source>lapses</source>
        <translation>失效</translation>
    </message>
    <message>
        <source>refund</source>
        <translation>退款</translation>
    </message>
</context>
<context>
    <name>words benefit</name>
    <message>
        <source>Refund</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>Coupon returned</source>
        <translation>退还优惠券</translation>
    </message>
    <message>
        <source>Points returned</source>
        <translation>退还积分</translation>
    </message>
    <message>
        <source>Points taken back</source>
        <translation>扣回积分</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>Small gift</source>
        <translation>小礼品</translation>
    </message>
    <message>
        <source>Goodwill refund</source>
        <translation>补偿退款</translation>
    </message>
    <message>
        <source>Freight</source>
        <translation>运费</translation>
    </message>
</context>
<context>
    <name>words blocked</name>
    <message>
        <source>Fill what is marked before you send.</source>
        <translation>请先填写标出的内容再发送。</translation>
    </message>
    <message>
        <source>Some words put the blame on somebody: change them.</source>
        <translation>含有推责用语，请修改。</translation>
    </message>
</context>
<context>
    <name>words came_to</name>
    <message>
        <source>creation</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>payment</source>
        <translation>支付</translation>
    </message>
    <message>
        <source>stock</source>
        <translation>备货</translation>
    </message>
    <message>
        <source>shipping</source>
        <translation>发货</translation>
    </message>
    <message>
        <source>logistics</source>
        <translation>物流</translation>
    </message>
    <message>
        <source>signing</source>
        <translation>签收</translation>
    </message>
</context>
<context>
    <name>words channel</name>
    <message>
        <source>App</source>
        <translation>APP</translation>
    </message>
    <message>
        <source>Hotline</source>
        <translation>热线</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>System alert</source>
        <translation>系统预警</translation>
    </message>
</context>
<context>
    <name>words check_answer</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Unclear</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>open</source>
        <translation>待核实</translation>
    </message>
    <message>
        <source>to check</source>
        <translation>必查</translation>
    </message>
</context>
<context>
    <name>words check_by</name>
    <message>
        <source>by itself</source>
        <translation>系统自动判断</translation>
    </message>
    <message>
        <source>{team} can tell</source>
        <translation>可问{team}</translation>
    </message>
</context>
<context>
    <name>words command</name>
    <message>
        <source>Open ticket</source>
        <translation>新建工单</translation>
    </message>
    <message>
        <source>Claim ticket</source>
        <translation>领取工单</translation>
    </message>
    <message>
        <source>Release ticket</source>
        <translation>释放工单</translation>
    </message>
    <message>
        <source>Move on</source>
        <translation>推进阶段</translation>
    </message>
    <message>
        <source>Set reason</source>
        <translation>选择原因</translation>
    </message>
    <message>
        <source>Flag mood</source>
        <translation>标记情绪</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停计时</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续计时</translation>
    </message>
    <message>
        <source>Hand off</source>
        <translation>转交</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>发送话术</translation>
    </message>
    <message>
        <source>Promise kept</source>
        <translation>兑现承诺</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>处理记录</translation>
    </message>
    <message>
        <source>Close ticket</source>
        <translation>关闭工单</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Overdue mark</source>
        <translation>标记超时</translation>
    </message>
    <message>
        <source>Claim expiry</source>
        <translation>领取到期</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>系统发现</translation>
    </message>
    <message>
        <source>Finding went away</source>
        <translation>发现已消失</translation>
    </message>
    <message>
        <source>Cancel order</source>
        <translation>取消订单</translation>
    </message>
    <message>
        <source>Compensation</source>
        <translation>补偿</translation>
    </message>
    <message>
        <source>Approval answer</source>
        <translation>审批答复</translation>
    </message>
    <message>
        <source>Escalation</source>
        <translation>审批升级</translation>
    </message>
    <message>
        <source>Approval expiry</source>
        <translation>审批过期</translation>
    </message>
    <message>
        <source>Settlement</source>
        <translation>执行结果</translation>
    </message>
    <message>
        <source>Confirm by hand</source>
        <translation>人工确认</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Answer to a check</source>
        <translation>核实结果</translation>
    </message>
    <message>
        <source>Handling option</source>
        <translation>处理方案</translation>
    </message>
    <message>
        <source>Cannot be done by hand</source>
        <translation>无法人工办理</translation>
    </message>
    <message>
        <source>Ask another team</source>
        <translation>请其他部门处理</translation>
    </message>
    <message>
        <source>Take a task</source>
        <translation>接手任务</translation>
    </message>
    <message>
        <source>Answer to a task</source>
        <translation>任务回复</translation>
    </message>
    <message>
        <source>Take a task back</source>
        <translation>撤回任务</translation>
    </message>
    <message>
        <source>Task told upwards</source>
        <translation>任务上报</translation>
    </message>
    <message>
        <source>Ticket told upwards</source>
        <translation>工单上报</translation>
    </message>
    <message>
        <source>Block the customer</source>
        <translation>拉黑客户</translation>
    </message>
    <message>
        <source>Lift the block</source>
        <translation>解除拉黑</translation>
    </message>
    <message>
        <source>Order news</source>
        <translation>订单更新</translation>
    </message>
    <message>
        <source>Save person</source>
        <translation>保存人员</translation>
    </message>
    <message>
        <source>Save team</source>
        <translation>保存小组</translation>
    </message>
    <message>
        <source>Save store</source>
        <translation>保存门店</translation>
    </message>
    <message>
        <source>Revoke desk</source>
        <translation>停用本机</translation>
    </message>
    <message>
        <source>Publish policy</source>
        <translation>发布规则</translation>
    </message>
    <message>
        <source>Show contact</source>
        <translation>查看联系方式</translation>
    </message>
</context>
<context>
    <name>words contact_flag</name>
    <message>
        <source>no phone number</source>
        <translation>没有电话</translation>
    </message>
    <message>
        <source>phone number cannot be right</source>
        <translation>电话号码有误</translation>
    </message>
    <message>
        <source>phone number looks made up</source>
        <translation>电话号码疑似编造</translation>
    </message>
    <message>
        <source>no address</source>
        <translation>没有地址</translation>
    </message>
    <message>
        <source>address too short</source>
        <translation>地址过短</translation>
    </message>
    <message>
        <source>address without street</source>
        <translation>地址缺少街道</translation>
    </message>
    <message>
        <source>address without house number</source>
        <translation>地址缺少门牌号</translation>
    </message>
    <message>
        <source>nobody answers the phone</source>
        <translation>电话无人接听</translation>
    </message>
    <message>
        <source>address looks made up</source>
        <translation>地址疑似编造</translation>
    </message>
</context>
<context>
    <name>words deed</name>
    <message>
        <source>{amount:money} goes back the way it came</source>
        <translation>{amount:money} 原路退回</translation>
    </message>
    <message>
        <source>{amount:money} for the goods in that parcel goes back</source>
        <translation>退回该包裹商品款 {amount:money}</translation>
    </message>
    <message>
        <source>{amount:money} goes back, freight is kept</source>
        <translation>退回 {amount:money}，扣除运费</translation>
    </message>
    <message>
        <source>what was too much goes back the way it came</source>
        <translation>多收部分原路退回</translation>
    </message>
    <message>
        <source>the goods in that parcel are paid back</source>
        <translation>退回该包裹的商品款</translation>
    </message>
    <message>
        <source>all but freight goes back</source>
        <translation>扣除运费后退款</translation>
    </message>
    <message>
        <source>the order is cancelled, {amount:money} goes back</source>
        <translation>取消订单，退回 {amount:money}</translation>
    </message>
    <message>
        <source>the order is cancelled</source>
        <translation>取消订单</translation>
    </message>
    <message>
        <source>the shop marks it as paid</source>
        <translation>商城把订单置为已支付</translation>
    </message>
    <message>
        <source>the customer gets a payment link</source>
        <translation>向客户发送支付链接</translation>
    </message>
    <message>
        <source>the warehouse sends it again</source>
        <translation>仓库补发</translation>
    </message>
    <message>
        <source>the shop changes the contact</source>
        <translation>商城修改收货信息</translation>
    </message>
    <message>
        <source>the carrier redirects the parcel</source>
        <translation>承运商修改派送信息</translation>
    </message>
    <message>
        <source>the carrier brings the parcel back</source>
        <translation>承运商拦截退回</translation>
    </message>
    <message>
        <source>goods come from another channel&apos;s stock</source>
        <translation>从其他渠道调货</translation>
    </message>
    <message>
        <source>the systems exchange the order again</source>
        <translation>各系统重新同步订单</translation>
    </message>
    <message>
        <source>the carrier&apos;s depot is urged</source>
        <translation>催促派送网点</translation>
    </message>
    <message>
        <source>{team} is asked: {label}</source>
        <translation>请{team}：{label}</translation>
    </message>
    <message>
        <source>the customer is blocked for {days} days: {label}</source>
        <translation>拉黑客户 {days} 天：{label}</translation>
    </message>
    <message>
        <source>the customer is blocked: {label}</source>
        <translation>拉黑客户：{label}</translation>
    </message>
</context>
<context>
    <name>words due</name>
    <message>
        <source>First response due</source>
        <translation>首次响应</translation>
    </message>
    <message>
        <source>Promise due</source>
        <translation>承诺时间</translation>
    </message>
    <message>
        <source>Point of no return</source>
        <translation>最后可取消</translation>
    </message>
    <message>
        <source>Next update due</source>
        <translation>下次告知</translation>
    </message>
</context>
<context>
    <name>words duration</name>
    <message>
        <source>{value} min</source>
        <translation>{value} 分钟</translation>
    </message>
    <message>
        <source>{value} h</source>
        <translation>{value} 小时</translation>
    </message>
    <message>
        <source>{value} days</source>
        <translation>{value} 天</translation>
    </message>
</context>
<context>
    <name>words effect</name>
    <message>
        <source>Cancel the order in the shop</source>
        <translation>在商城取消订单</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>Stop the shipment</source>
        <translation>拦截发货</translation>
    </message>
    <message>
        <source>Release stock</source>
        <translation>释放库存</translation>
    </message>
    <message>
        <source>Issue coupon</source>
        <translation>发放优惠券</translation>
    </message>
    <message>
        <source>Add points</source>
        <translation>发放积分</translation>
    </message>
    <message>
        <source>Send gift</source>
        <translation>寄出礼品</translation>
    </message>
    <message>
        <source>Return coupon</source>
        <translation>退还优惠券</translation>
    </message>
    <message>
        <source>Return points</source>
        <translation>退还积分</translation>
    </message>
    <message>
        <source>Take points earned back</source>
        <translation>扣回所获积分</translation>
    </message>
    <message>
        <source>Send message</source>
        <translation>发送短信</translation>
    </message>
    <message>
        <source>Mark as paid</source>
        <translation>更新为已支付</translation>
    </message>
    <message>
        <source>Send payment link</source>
        <translation>发送支付链接</translation>
    </message>
    <message>
        <source>Ship again</source>
        <translation>补发</translation>
    </message>
    <message>
        <source>Change address or phone</source>
        <translation>修改地址或电话</translation>
    </message>
    <message>
        <source>Redirect parcel</source>
        <translation>修改派送信息</translation>
    </message>
    <message>
        <source>Take from another channel</source>
        <translation>从其他渠道调货</translation>
    </message>
    <message>
        <source>Sync order again</source>
        <translation>重新同步订单</translation>
    </message>
    <message>
        <source>Urge delivery</source>
        <translation>催促派送</translation>
    </message>
</context>
<context>
    <name>words effect_state</name>
    <message>
        <source>asked</source>
        <translation>已提交</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>accepted, not arrived</source>
        <translation>已受理，未到账</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>answer unknown, being checked</source>
        <translation>结果未知，核实中</translation>
    </message>
    <message>
        <source>to be done by hand</source>
        <translation>待人工处理</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>words end</name>
    <message>
        <source>Nothing to do</source>
        <translation>无需处理</translation>
    </message>
    <message>
        <source>Cancel by itself</source>
        <translation>自动取消</translation>
    </message>
    <message>
        <source>After-sales</source>
        <translation>转售后</translation>
    </message>
    <message>
        <source>No cancel</source>
        <translation>不可取消</translation>
    </message>
    <message>
        <source>Person, intercept</source>
        <translation>人工拦截</translation>
    </message>
    <message>
        <source>Person reviews</source>
        <translation>人工审核</translation>
    </message>
</context>
<context>
    <name>words fact</name>
    <message>
        <source>Order known</source>
        <translation>已有订单</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Came as far as</source>
        <translation>进行到</translation>
    </message>
    <message>
        <source>Ordered</source>
        <translation>下单已过</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>Pick-up</source>
        <translation>到店自提</translation>
    </message>
    <message>
        <source>Order value</source>
        <translation>订单金额</translation>
    </message>
    <message>
        <source>High value</source>
        <translation>高价值订单</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>客户等级</translation>
    </message>
    <message>
        <source>High value or regular customer</source>
        <translation>高价值或老客户</translation>
    </message>
    <message>
        <source>Customer left a remark</source>
        <translation>客户有备注</translation>
    </message>
    <message>
        <source>Freight</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>Unit prices</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>件数</translation>
    </message>
    <message>
        <source>Most of one article</source>
        <translation>单品最多件数</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>折扣</translation>
    </message>
    <message>
        <source>Fresh goods</source>
        <translation>生鲜</translation>
    </message>
    <message>
        <source>Made to measure</source>
        <translation>定制</translation>
    </message>
    <message>
        <source>The shop has it as paid</source>
        <translation>商城显示已支付</translation>
    </message>
    <message>
        <source>Paid at</source>
        <translation>支付时间</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>应付</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>实收</translation>
    </message>
    <message>
        <source>Payments received</source>
        <translation>收款笔数</translation>
    </message>
    <message>
        <source>Payments the order does not know</source>
        <translation>订单外收款</translation>
    </message>
    <message>
        <source>Received too much</source>
        <translation>多收</translation>
    </message>
    <message>
        <source>Received too little</source>
        <translation>少收</translation>
    </message>
    <message>
        <source>Same amount twice</source>
        <translation>两笔金额相同</translation>
    </message>
    <message>
        <source>Last payment</source>
        <translation>距最近收款</translation>
    </message>
    <message>
        <source>Unpaid for</source>
        <translation>未支付已过</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>支付方式</translation>
    </message>
    <message>
        <source>Payment no.</source>
        <translation>支付单号</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>已退</translation>
    </message>
    <message>
        <source>Lines short of goods</source>
        <translation>缺货商品行</translation>
    </message>
    <message>
        <source>Lines not fully reserved</source>
        <translation>未占足库存的行</translation>
    </message>
    <message>
        <source>Short of</source>
        <translation>缺货</translation>
    </message>
    <message>
        <source>Least stock</source>
        <translation>最低库存</translation>
    </message>
    <message>
        <source>Least stock counted</source>
        <translation>最低实盘</translation>
    </message>
    <message>
        <source>Count differs from the system</source>
        <translation>实盘与系统不符</translation>
    </message>
    <message>
        <source>Packed</source>
        <translation>已打包</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>已发货</translation>
    </message>
    <message>
        <source>Signed for</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>Ship wave</source>
        <translation>发货波次</translation>
    </message>
    <message>
        <source>Parcels</source>
        <translation>包裹数</translation>
    </message>
    <message>
        <source>Carrier</source>
        <translation>承运商</translation>
    </message>
    <message>
        <source>Tracking no.</source>
        <translation>运单号</translation>
    </message>
    <message>
        <source>No scan for</source>
        <translation>物流未更新</translation>
    </message>
    <message>
        <source>Late by</source>
        <translation>已晚</translation>
    </message>
    <message>
        <source>Carrier said</source>
        <translation>承运商预计</translation>
    </message>
    <message>
        <source>Last scan</source>
        <translation>最近物流状态</translation>
    </message>
    <message>
        <source>Last scan at</source>
        <translation>最近更新</translation>
    </message>
    <message>
        <source>Last seen in</source>
        <translation>最近所在</translation>
    </message>
    <message>
        <source>Scans</source>
        <translation>物流记录数</translation>
    </message>
    <message>
        <source>Out for delivery</source>
        <translation>派送中</translation>
    </message>
    <message>
        <source>Carrier says lost</source>
        <translation>承运商称丢失</translation>
    </message>
    <message>
        <source>Carrier says lost or damaged</source>
        <translation>承运商称丢失或损毁</translation>
    </message>
    <message>
        <source>Carrier says damaged</source>
        <translation>承运商称损毁</translation>
    </message>
    <message>
        <source>Moves by another source</source>
        <translation>其他渠道显示在移动</translation>
    </message>
    <message>
        <source>Customer refused it</source>
        <translation>客户拒收</translation>
    </message>
    <message>
        <source>Phone cannot be right</source>
        <translation>电话有误</translation>
    </message>
    <message>
        <source>Address cannot be right</source>
        <translation>地址有误</translation>
    </message>
    <message>
        <source>Customer blocked</source>
        <translation>客户已拉黑</translation>
    </message>
    <message>
        <source>Systems that told</source>
        <translation>已上报系统数</translation>
    </message>
    <message>
        <source>They say</source>
        <translation>各系统状态</translation>
    </message>
    <message>
        <source>Systems differ</source>
        <translation>各系统不一致</translation>
    </message>
    <message>
        <source>Apart by</source>
        <translation>相差</translation>
    </message>
    <message>
        <source>Came by</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Asked again</source>
        <translation>催促次数</translation>
    </message>
    <message>
        <source>Open for</source>
        <translation>已开单</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>发现规则</translation>
    </message>
    <message>
        <source>Orders seen together</source>
        <translation>一起识别到的订单数</translation>
    </message>
    <message>
        <source>Their numbers</source>
        <translation>这些订单的单号</translation>
    </message>
    <message>
        <source>No longer so</source>
        <translation>已恢复正常</translation>
    </message>
    <message>
        <source>Tasks under way</source>
        <translation>进行中的协助</translation>
    </message>
    <message>
        <source>Tasks done</source>
        <translation>已完成的协助</translation>
    </message>
    <message>
        <source>Tasks that cannot be done</source>
        <translation>未能办理的协助</translation>
    </message>
</context>
<context>
    <name>words flag</name>
    <message>
        <source>fresh</source>
        <translation>鲜食</translation>
    </message>
    <message>
        <source>custom-made</source>
        <translation>定制</translation>
    </message>
    <message>
        <source>digital</source>
        <translation>数字商品</translation>
    </message>
    <message>
        <source>gift</source>
        <translation>赠品</translation>
    </message>
    <message>
        <source>limited</source>
        <translation>限量</translation>
    </message>
    <message>
        <source>time-critical</source>
        <translation>时效</translation>
    </message>
</context>
<context>
    <name>words given</name>
    <message>
        <source>Refund {cost:money}</source>
        <translation>退款 {cost:money}</translation>
    </message>
    <message>
        <source>Refund {label} {cost:money}</source>
        <translation>{label}退款 {cost:money}</translation>
    </message>
    <message>
        <source>Coupon returned</source>
        <translation>优惠券退回</translation>
    </message>
    <message>
        <source>{units} points returned</source>
        <translation>退回 {units} 积分</translation>
    </message>
    <message>
        <source>{units} points taken back</source>
        <translation>扣回 {units} 积分</translation>
    </message>
    <message>
        <source>Coupon {cost:money}</source>
        <translation>优惠券 {cost:money}</translation>
    </message>
    <message>
        <source>{units} points</source>
        <translation>{units} 积分</translation>
    </message>
    <message>
        <source>Small gift</source>
        <translation>小礼品</translation>
    </message>
    <message>
        <source>Goodwill refund {cost:money}</source>
        <translation>补偿退款 {cost:money}</translation>
    </message>
    <message>
        <source>Freight {cost:money}</source>
        <translation>运费补偿 {cost:money}</translation>
    </message>
    <message>
        <source>What was given</source>
        <translation>已给项目</translation>
    </message>
</context>
<context>
    <name>words input</name>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Expected by</source>
        <translation>预计日期</translation>
    </message>
    <message>
        <source>Agreed extra cost</source>
        <translation>协商的额外费用</translation>
    </message>
    <message>
        <source>Stock from</source>
        <translation>调货来源</translation>
    </message>
    <message>
        <source>Article sent instead</source>
        <translation>替换商品</translation>
    </message>
    <message>
        <source>Other way to pay</source>
        <translation>其他支付方式</translation>
    </message>
    <message>
        <source>Number there</source>
        <translation>对方单号</translation>
    </message>
</context>
<context>
    <name>words input_fault</name>
    <message>
        <source>{name}: missing</source>
        <translation>{name}：未填写</translation>
    </message>
    <message>
        <source>{name}: a day like 2026-11-30</source>
        <translation>{name}：请按 2026-11-30 的格式填写日期</translation>
    </message>
    <message>
        <source>{name}: not a day that is over</source>
        <translation>{name}：不能是已过去的日期</translation>
    </message>
    <message>
        <source>{name}: an amount like 12.50</source>
        <translation>{name}：请填写 12.50 这样的金额</translation>
    </message>
    <message>
        <source>{name}: this is no phone number</source>
        <translation>{name}：电话号码不正确</translation>
    </message>
    <message>
        <source>{name}: street and house number are needed</source>
        <translation>{name}：需要街道和门牌号</translation>
    </message>
    <message>
        <source>{name}: pick at least one</source>
        <translation>{name}：请至少选择一项</translation>
    </message>
</context>
<context>
    <name>words kind</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Exception</source>
        <translation>异常</translation>
    </message>
</context>
<context>
    <name>words level</name>
    <message>
        <source>Counter</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>客服</translation>
    </message>
    <message>
        <source>Senior agent</source>
        <translation>高级客服</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>经理</translation>
    </message>
    <message>
        <source>Warehouse</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Finance</source>
        <translation>财务</translation>
    </message>
    <message>
        <source>Specialist</source>
        <translation>专员</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
</context>
<context>
    <name>words manner</name>
    <message>
        <source>deviates</source>
        <translation>出现偏差</translation>
    </message>
    <message>
        <source>stalled</source>
        <translation>停滞</translation>
    </message>
</context>
<context>
    <name>words matched</name>
    <message>
        <source>order number</source>
        <translation>订单号</translation>
    </message>
    <message>
        <source>order tail</source>
        <translation>订单尾号</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>pinyin</source>
        <translation>拼音</translation>
    </message>
    <message>
        <source>pinyin initials</source>
        <translation>拼音首字母</translation>
    </message>
    <message>
        <source>tracking number</source>
        <translation>运单号</translation>
    </message>
    <message>
        <source>ticket number</source>
        <translation>工单号</translation>
    </message>
</context>
<context>
    <name>words meter</name>
    <message>
        <source>This order may still get</source>
        <translation>本单还可给</translation>
    </message>
    <message>
        <source>I may still give today</source>
        <translation>我今天还可给</translation>
    </message>
    <message>
        <source>This customer may still get</source>
        <translation>该客户还可给</translation>
    </message>
    <message>
        <source>The store may still give today</source>
        <translation>门店今天还可给</translation>
    </message>
</context>
<context>
    <name>words next_act</name>
    <message>
        <source>Claim and start</source>
        <translation>领取并开始</translation>
    </message>
    <message>
        <source>Start work</source>
        <translation>开始处理</translation>
    </message>
    <message>
        <source>Cause found, resolve</source>
        <translation>原因已明，去解决</translation>
    </message>
    <message>
        <source>Cancel order, refund {amount:money}</source>
        <translation>取消订单并退款 {amount:money}</translation>
    </message>
    <message>
        <source>Cancel order, release stock</source>
        <translation>取消订单并释放库存</translation>
    </message>
    <message>
        <source>Wrap up</source>
        <translation>结单</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Give back to the queue</source>
        <translation>放回队列</translation>
    </message>
    <message>
        <source>Pause the clocks</source>
        <translation>暂停计时</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续计时</translation>
    </message>
    <message>
        <source>Send to after-sales</source>
        <translation>转售后处理</translation>
    </message>
    <message>
        <source>Block the customer</source>
        <translation>拉黑客户</translation>
    </message>
    <message>
        <source>Lift the block</source>
        <translation>解除拉黑</translation>
    </message>
</context>
<context>
    <name>words not_now</name>
    <message>
        <source>This request is answered.</source>
        <translation>该申请已答复。</translation>
    </message>
    <message>
        <source>No case in hand: Enter opens the one under the cursor.</source>
        <translation>未打开工单：按 Enter 打开光标所在的工单。</translation>
    </message>
    <message>
        <source>No notices.</source>
        <translation>没有新提示。</translation>
    </message>
    <message>
        <source>No playbook yet: R says what kind of trouble it is.</source>
        <translation>尚无处理手册：按 R 选择异常类型。</translation>
    </message>
    <message>
        <source>Nothing under the cursor.</source>
        <translation>光标处没有内容。</translation>
    </message>
    <message>
        <source>No rules to show for this case.</source>
        <translation>该工单没有可显示的规则。</translation>
    </message>
    <message>
        <source>No script fits.</source>
        <translation>没有适用的话术。</translation>
    </message>
    <message>
        <source>There is no {number} here.</source>
        <translation>这里没有第 {number} 项。</translation>
    </message>
    <message>
        <source>Not for the one under the cursor.</source>
        <translation>光标所在项不适用。</translation>
    </message>
    <message>
        <source>Nothing to do next on this case.</source>
        <translation>该工单没有下一步操作。</translation>
    </message>
    <message>
        <source>Nothing to give on this case.</source>
        <translation>该工单没有可给的补偿。</translation>
    </message>
</context>
<context>
    <name>words notice</name>
    <message>
        <source>New: {label} …{tail}</source>
        <translation>新工单：{label} …{tail}</translation>
    </message>
    <message>
        <source>Asked again: {label} …{tail}</source>
        <translation>客户催促：{label} …{tail}</translation>
    </message>
    <message>
        <source>About to call: {label} …{tail}</source>
        <translation>即将来电催促：{label} …{tail}</translation>
    </message>
    <message>
        <source>Approval asked …{tail}</source>
        <translation>有新的审批 …{tail}</translation>
    </message>
    <message>
        <source>Approval answered …{tail}</source>
        <translation>审批已答复 …{tail}</translation>
    </message>
    <message>
        <source>Approved …{tail}</source>
        <translation>审批通过 …{tail}</translation>
    </message>
    <message>
        <source>Denied …{tail}</source>
        <translation>审批未通过 …{tail}</translation>
    </message>
    <message>
        <source>Approval ran out …{tail}</source>
        <translation>审批已过期 …{tail}</translation>
    </message>
    <message>
        <source>Not done: look at Attention</source>
        <translation>操作未完成，请看待处理</translation>
    </message>
    <message>
        <source>Promise due …{tail}</source>
        <translation>承诺即将到期 …{tail}</translation>
    </message>
    <message>
        <source>Your team is asked: {label} …{tail}</source>
        <translation>请本组协助：{label} …{tail}</translation>
    </message>
    <message>
        <source>Answered: {label} …{tail}</source>
        <translation>已答复：{label} …{tail}</translation>
    </message>
    <message>
        <source>Nobody took it: {label} …{tail}</source>
        <translation>无人受理：{label} …{tail}</translation>
    </message>
    <message>
        <source>No answer in time: {label} …{tail}</source>
        <translation>未按时回复：{label} …{tail}</translation>
    </message>
    <message>
        <source>Back with your team: {label} …{tail}</source>
        <translation>已转回本组：{label} …{tail}</translation>
    </message>
    <message>
        <source>Closed by another team: {label} …{tail}</source>
        <translation>其他部门已结案：{label} …{tail}</translation>
    </message>
    <message>
        <source>The rules have changed</source>
        <translation>规则已更新</translation>
    </message>
</context>
<context>
    <name>words offer_note</name>
    <message>
        <source>Within your limit</source>
        <translation>权限内</translation>
    </message>
    <message>
        <source>Costs {amount:money}</source>
        <translation>成本 {amount:money}</translation>
    </message>
    <message>
        <source>{count} in stock</source>
        <translation>库存 {count}</translation>
    </message>
    <message>
        <source>{name} approves</source>
        <translation>需{name}审批</translation>
    </message>
    <message>
        <source>{level:level} approves</source>
        <translation>需{level:level}审批</translation>
    </message>
    <message>
        <source>Asked, waiting</source>
        <translation>已申请，等待审批</translation>
    </message>
    <message>
        <source>Given already</source>
        <translation>本单已给过</translation>
    </message>
    <message>
        <source>Above your limit per grant</source>
        <translation>超出单次权限</translation>
    </message>
    <message>
        <source>Above your limit for today</source>
        <translation>超出今日额度</translation>
    </message>
    <message>
        <source>Above what this order may get</source>
        <translation>超出本单额度</translation>
    </message>
    <message>
        <source>Above what this customer may get</source>
        <translation>超出该客户额度</translation>
    </message>
    <message>
        <source>Above what the store may give today</source>
        <translation>超出门店今日额度</translation>
    </message>
    <message>
        <source>Out of stock</source>
        <translation>库存不足</translation>
    </message>
    <message>
        <source>No freight was paid</source>
        <translation>本单免运费</translation>
    </message>
    <message>
        <source>No cap for this currency: needs approval</source>
        <translation>该币种无额度，需审批</translation>
    </message>
    <message>
        <source>Claim the ticket first</source>
        <translation>请先领取工单</translation>
    </message>
    <message>
        <source>Order is cancelled</source>
        <translation>订单已取消</translation>
    </message>
    <message>
        <source>Order is not paid</source>
        <translation>订单未支付</translation>
    </message>
    <message>
        <source>Offline, no allowance</source>
        <translation>离线，无授权额度</translation>
    </message>
    <message>
        <source>Above what was paid</source>
        <translation>超过实付金额</translation>
    </message>
    <message>
        <source>Above every limit</source>
        <translation>超出所有权限</translation>
    </message>
    <message>
        <source>Not in your hands</source>
        <translation>工单不在您手上</translation>
    </message>
    <message>
        <source>{holder} has the ticket</source>
        <translation>{holder}处理中</translation>
    </message>
    <message>
        <source>Ticket is closed</source>
        <translation>工单已关闭</translation>
    </message>
    <message>
        <source>No cost set</source>
        <translation>未设成本</translation>
    </message>
    <message>
        <source>Only online</source>
        <translation>需联网</translation>
    </message>
    <message>
        <source>Not for your level</source>
        <translation>级别不允许</translation>
    </message>
    <message>
        <source>Another team&apos;s</source>
        <translation>非本组工单</translation>
    </message>
</context>
<context>
    <name>words option</name>
    <message>
        <source>Enter: {amount:money} leaves for good</source>
        <translation>按 Enter 确认退款 {amount:money}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已采用</translation>
    </message>
    <message>
        <source>Not open as things are: {fact}</source>
        <translation>目前情况不适用：{fact}</translation>
    </message>
</context>
<context>
    <name>words order_stage</name>
    <message>
        <source>Ordered</source>
        <translation>下单</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>支付</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>备货</translation>
    </message>
    <message>
        <source>Packed</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>发货</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>words order_state</name>
    <message>
        <source>Not paid</source>
        <translation>未支付</translation>
    </message>
    <message>
        <source>Paid, not shipped</source>
        <translation>已支付，未发货</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>已发货</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>words parcel_scan</name>
    <message>
        <source>picked up</source>
        <translation>已揽收</translation>
    </message>
    <message>
        <source>at the depot</source>
        <translation>到达网点</translation>
    </message>
    <message>
        <source>in transit</source>
        <translation>运输中</translation>
    </message>
    <message>
        <source>out for delivery</source>
        <translation>派送中</translation>
    </message>
    <message>
        <source>signed for</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒收</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>破损</translation>
    </message>
    <message>
        <source>trouble</source>
        <translation>异常</translation>
    </message>
</context>
<context>
    <name>words placeholder</name>
    <message>
        <source>your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>what else is offered</source>
        <translation>替代方案</translation>
    </message>
    <message>
        <source>amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>when it arrives</source>
        <translation>到账时间</translation>
    </message>
    <message>
        <source>when it was cancelled</source>
        <translation>取消时间</translation>
    </message>
    <message>
        <source>carrier</source>
        <translation>承运商</translation>
    </message>
    <message>
        <source>cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>compensation</source>
        <translation>补偿</translation>
    </message>
    <message>
        <source>name of the customer</source>
        <translation>客户称呼</translation>
    </message>
    <message>
        <source>until when</source>
        <translation>预计时间</translation>
    </message>
    <message>
        <source>goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分钟数</translation>
    </message>
    <message>
        <source>order number</source>
        <translation>订单号</translation>
    </message>
    <message>
        <source>last digits of the order</source>
        <translation>订单尾号</translation>
    </message>
    <message>
        <source>place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>how far it is</source>
        <translation>进展</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>refund</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>refunds</source>
        <translation>退款明细</translation>
    </message>
    <message>
        <source>time of the last scan</source>
        <translation>最近扫描时间</translation>
    </message>
    <message>
        <source>what we do about it</source>
        <translation>解决办法</translation>
    </message>
    <message>
        <source>ways of payment</source>
        <translation>支付方式</translation>
    </message>
    <message>
        <source>tracking number</source>
        <translation>运单号</translation>
    </message>
    <message>
        <source>when the customer hears again</source>
        <translation>下次回复时间</translation>
    </message>
    <message>
        <source>shipping wave</source>
        <translation>发货波次</translation>
    </message>
    <message>
        <source>why not</source>
        <translation>不能办理的原因</translation>
    </message>
</context>
<context>
    <name>words problem</name>
    <message>
        <source>No answer in time</source>
        <translation>超时无应答</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Not found there</source>
        <translation>对方查无此单</translation>
    </message>
    <message>
        <source>to be done by hand</source>
        <translation>需人工处理</translation>
    </message>
    <message>
        <source>asked again</source>
        <translation>已重新提交</translation>
    </message>
    <message>
        <source>had not arrived, asked again</source>
        <translation>未到达，已重新提交</translation>
    </message>
    <message>
        <source>line broken, being checked</source>
        <translation>连接中断，核实中</translation>
    </message>
    <message>
        <source>not reachable, tried again</source>
        <translation>暂不可达，稍后重试</translation>
    </message>
    <message>
        <source>busy, tried again</source>
        <translation>对方繁忙，稍后重试</translation>
    </message>
    <message>
        <source>not let in</source>
        <translation>未获授权</translation>
    </message>
    <message>
        <source>address moved</source>
        <translation>地址变更</translation>
    </message>
    <message>
        <source>not shipped</source>
        <translation>未发货</translation>
    </message>
    <message>
        <source>shipped already</source>
        <translation>已发货</translation>
    </message>
    <message>
        <source>cancelled already</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>not enough left</source>
        <translation>余额不足</translation>
    </message>
    <message>
        <source>answer not understood, being checked</source>
        <translation>对方回复无法识别，正在核实</translation>
    </message>
    <message>
        <source>cannot be looked up there: ask them</source>
        <translation>对方系统无法查询，请人工核实</translation>
    </message>
    <message>
        <source>something is missing to ask them</source>
        <translation>缺少必要信息，无法发起</translation>
    </message>
    <message>
        <source>the payment is in another currency</source>
        <translation>支付币种不一致</translation>
    </message>
    <message>
        <source>its amount there is not exact</source>
        <translation>对方金额不精确</translation>
    </message>
</context>
<context>
    <name>words promo</name>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Spend-and-save</source>
        <translation>满减</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>积分抵扣</translation>
    </message>
    <message>
        <source>Gift</source>
        <translation>赠品</translation>
    </message>
</context>
<context>
    <name>words question</name>
    <message>
        <source>Cancelled?</source>
        <translation>已取消？</translation>
    </message>
    <message>
        <source>Paid?</source>
        <translation>已支付？</translation>
    </message>
    <message>
        <source>Did money come in all the same?</source>
        <translation>实际收到款了吗？</translation>
    </message>
    <message>
        <source>Signed for?</source>
        <translation>已签收？</translation>
    </message>
    <message>
        <source>Shipped?</source>
        <translation>已发货？</translation>
    </message>
    <message>
        <source>Fresh goods?</source>
        <translation>生鲜？</translation>
    </message>
    <message>
        <source>Fresh, past shipping time?</source>
        <translation>生鲜已过发货时间？</translation>
    </message>
    <message>
        <source>Packed?</source>
        <translation>已打包？</translation>
    </message>
    <message>
        <source>Inside the cancel window?</source>
        <translation>在可取消时效内？</translation>
    </message>
</context>
<context>
    <name>words queue</name>
    <message>
        <source>{name} has it</source>
        <translation>{name}处理中</translation>
    </message>
    <message>
        <source>chased</source>
        <translation>已催</translation>
    </message>
    <message>
        <source>review</source>
        <translation>需审核</translation>
    </message>
    <message>
        <source>moved up</source>
        <translation>已上报</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>系统发现</translation>
    </message>
    <message>
        <source>no longer so</source>
        <translation>已恢复正常</translation>
    </message>
    <message>
        <source>by keywords</source>
        <translation>按关键词</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>离线待传</translation>
    </message>
</context>
<context>
    <name>words reading</name>
    <message>
        <source>This cannot be shown just now.</source>
        <translation>现在无法显示这些内容。</translation>
    </message>
    <message>
        <source>This cannot be read on this desk just now.</source>
        <translation>本机暂时无法读取这些内容。</translation>
    </message>
    <message>
        <source>The disk of this desk does not answer.</source>
        <translation>本机磁盘没有响应。</translation>
    </message>
    <message>
        <source>This desk&apos;s data is damaged. Work at another desk and tell the administrator.</source>
        <translation>本机数据已损坏。请换一台工作台，并告知管理员。</translation>
    </message>
</context>
<context>
    <name>words refusal</name>
    <message>
        <source>Your level may not do this.</source>
        <translation>您的级别不能执行此操作。</translation>
    </message>
    <message>
        <source>This order is not known here.</source>
        <translation>找不到这个订单。</translation>
    </message>
    <message>
        <source>This ticket is not known here.</source>
        <translation>找不到这个工单。</translation>
    </message>
    <message>
        <source>This request is not known here.</source>
        <translation>找不到这个审批。</translation>
    </message>
    <message>
        <source>This task is not known here.</source>
        <translation>找不到这个任务。</translation>
    </message>
    <message>
        <source>The ticket is closed. Reopen it first.</source>
        <translation>工单已关闭，请先重新打开。</translation>
    </message>
    <message>
        <source>The ticket is still open.</source>
        <translation>工单还没有关闭。</translation>
    </message>
    <message>
        <source>You do not hold this ticket; {holder} does.</source>
        <translation>工单不在您手上，当前由 {holder} 处理。</translation>
    </message>
    <message>
        <source>{holder} holds this ticket.</source>
        <translation>{holder}正在处理此工单。</translation>
    </message>
    <message>
        <source>You do not hold this ticket. Claim it first.</source>
        <translation>您还没有领取这个工单，请先领取。</translation>
    </message>
    <message>
        <source>Pick the reason first, then cancel.</source>
        <translation>请先选择取消原因。</translation>
    </message>
    <message>
        <source>A person has to review this one. Look at the order, then cancel as reviewed.</source>
        <translation>需要人工审核：请先核对订单再取消。</translation>
    </message>
    <message>
        <source>Your level may not review this cancellation.</source>
        <translation>您的级别不能审核此取消。</translation>
    </message>
    <message>
        <source>The rules do not cancel this by themselves.</source>
        <translation>规则不允许自动取消。</translation>
    </message>
    <message>
        <source>The refund is now {amount:money}, not what was shown. Look again, then cancel.</source>
        <translation>退款金额已变为 {amount:money}，请核对后再取消。</translation>
    </message>
    <message>
        <source>Your level may not choose this way.</source>
        <translation>您的级别不能采用该方案。</translation>
    </message>
    <message>
        <source>This way is not open as things are: {fact:fact}.</source>
        <translation>目前情况不适用该方案：{fact:fact}。</translation>
    </message>
    <message>
        <source>Answer the open checks first: {check}.</source>
        <translation>请先完成核实：{check}。</translation>
    </message>
    <message>
        <source>Answer the required checks first.</source>
        <translation>请先完成必查项。</translation>
    </message>
    <message>
        <source>This needs an order. Find the order first.</source>
        <translation>该方案需要订单，请先查到订单。</translation>
    </message>
    <message>
        <source>Still missing: {input:input}.</source>
        <translation>还缺：{input:input}。</translation>
    </message>
    <message>
        <source>This cannot be right: {input:input}.</source>
        <translation>填写有误：{input:input}。</translation>
    </message>
    <message>
        <source>This was not asked for: {input:input}.</source>
        <translation>该方案不需要：{input:input}。</translation>
    </message>
    <message>
        <source>Nothing was paid beyond what is due, or it went back already.</source>
        <translation>没有多付的款项，或已退回。</translation>
    </message>
    <message>
        <source>There is nothing left of it to give back.</source>
        <translation>已没有可退的金额。</translation>
    </message>
    <message>
        <source>These goods are sent again already; they are not paid back too.</source>
        <translation>该商品已补发，不能再退款。</translation>
    </message>
    <message>
        <source>These goods were paid back already; they are not sent again too.</source>
        <translation>该商品已退款，不能再补发。</translation>
    </message>
    <message>
        <source>Less came in than is due. It cannot be marked as paid.</source>
        <translation>实收少于应付，不能置为已支付。</translation>
    </message>
    <message>
        <source>The money is there already. Nobody is asked for it twice.</source>
        <translation>款项已到账，不能再次要求支付。</translation>
    </message>
    <message>
        <source>The order is paid already.</source>
        <translation>订单已支付。</translation>
    </message>
    <message>
        <source>The order is not paid.</source>
        <translation>订单未支付。</translation>
    </message>
    <message>
        <source>This was asked already: {kind:effect}.</source>
        <translation>此前已发起：{kind:effect}。</translation>
    </message>
    <message>
        <source>Nothing of the order has left yet.</source>
        <translation>订单尚未发货。</translation>
    </message>
    <message>
        <source>It has left already. Redirect or stop the parcel instead.</source>
        <translation>已发货，请改为修改派送信息或拦截。</translation>
    </message>
    <message>
        <source>No parcel of it is on its way.</source>
        <translation>没有在途的包裹。</translation>
    </message>
    <message>
        <source>A payment came in that the order does not show yet. A person has to look.</source>
        <translation>已收到款但订单未显示，需要人工确认。</translation>
    </message>
    <message>
        <source>The other team was asked already and is at it.</source>
        <translation>已请对方协助，正在处理。</translation>
    </message>
    <message>
        <source>&quot;{value}&quot; is not offered for {field}.</source>
        <translation>“{value}”不在 {field} 的选项里。</translation>
    </message>
    <message>
        <source>The order is cancelled already.</source>
        <translation>订单已经取消。</translation>
    </message>
    <message>
        <source>The customer has signed for it. This is a case for after-sales.</source>
        <translation>客户已签收，应转售后处理。</translation>
    </message>
    <message>
        <source>Fresh goods are on their way and cannot be cancelled.</source>
        <translation>生鲜已发货，不能取消。</translation>
    </message>
    <message>
        <source>Fresh goods past their shipping time cannot be cancelled.</source>
        <translation>生鲜已过发货时间，不能取消。</translation>
    </message>
    <message>
        <source>Only the centre may do this. It works again once you are online.</source>
        <translation>此操作需由中心完成，联网后可继续。</translation>
    </message>
    <message>
        <source>The centre cannot be reached. Your work is kept and sent later.</source>
        <translation>暂时连不上中心，已做的工作会保存并稍后发送。</translation>
    </message>
    <message>
        <source>The centre cannot be reached.</source>
        <translation>暂时连不上中心。</translation>
    </message>
    <message>
        <source>This desk&apos;s data cannot be opened. Start Order Desk again; if it stays so, tell the administrator.</source>
        <translation>无法打开本工作台的数据。请重新启动 Order Desk；若仍不行，请联系管理员。</translation>
    </message>
    <message>
        <source>This key does not open this desk&apos;s data; nothing was changed. Let somebody who worked here before sign in, or tell the administrator.</source>
        <translation>此密钥无法打开本工作台的数据，数据未被改动。请让以前在此登录过的同事登录，或联系管理员。</translation>
    </message>
    <message>
        <source>A newer version has worked on this desk&apos;s data. Update Order Desk; the data stays as it is.</source>
        <translation>本工作台的数据由更新版本写入。请升级 Order Desk，数据保持原样。</translation>
    </message>
    <message>
        <source>This desk&apos;s data is damaged. Work at another desk and tell the administrator; what was sent is safe at the centre.</source>
        <translation>本工作台的数据已损坏。请换一台工作并联系管理员；已发送的内容在中心是安全的。</translation>
    </message>
    <message>
        <source>The disk is full or cannot be written: this was not kept. Make room, then do it again.</source>
        <translation>磁盘已满或无法写入，本次操作未保存。请腾出空间后重做。</translation>
    </message>
    <message>
        <source>Order Desk is open already for this desk. Go to that window, or close it first.</source>
        <translation>本工作台的 Order Desk 已经打开。请使用那个窗口，或先将其关闭。</translation>
    </message>
    <message>
        <source>The centre on this computer did not start. Start Order Desk again; if it stays so, tell the administrator.</source>
        <translation>本机的中心未能启动。请重新启动 Order Desk；若仍不行，请联系管理员。</translation>
    </message>
    <message>
        <source>A part of the centre has stopped. Your work is kept; tell the administrator to restart it.</source>
        <translation>中心的一部分已停止。您的工作已保留，请联系管理员重启中心。</translation>
    </message>
    <message>
        <source>This desk is still fetching its first data. Try again soon.</source>
        <translation>本工作台正在首次同步数据，请稍后再试。</translation>
    </message>
    <message>
        <source>Offline, and no allowance is left here. Give when you are back online.</source>
        <translation>当前离线且本机没有授权额度，联网后再补偿。</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
    </message>
    <message>
        <source>Too many tries. Wait {retry_after} s.</source>
        <translation>尝试过于频繁，请等待 {retry_after} 秒。</translation>
    </message>
    <message>
        <source>The centre has a fault. Your work is kept; try again soon.</source>
        <translation>中心出现故障，您的工作已保存，请稍后再试。</translation>
    </message>
    <message>
        <source>This was sent under another person&apos;s name.</source>
        <translation>此操作的提交人不是您本人。</translation>
    </message>
    <message>
        <source>This act was sent before with other content. It was not done again.</source>
        <translation>相同编号的操作内容不同，没有重复执行。</translation>
    </message>
    <message>
        <source>The centre wants you to sign in again.</source>
        <translation>请重新登录。</translation>
    </message>
    <message>
        <source>The centre is busy. It is tried again by itself.</source>
        <translation>中心繁忙，稍后会自动重试。</translation>
    </message>
    <message>
        <source>The centre&apos;s address has moved. Tell the administrator.</source>
        <translation>中心地址已变更，请联系管理员。</translation>
    </message>
    <message>
        <source>Login or password is not right.</source>
        <translation>账号或密码不正确。</translation>
    </message>
    <message>
        <source>This code is not valid any more. Ask the administrator for a new one.</source>
        <translation>该注册码无效，请向管理员索取新的注册码。</translation>
    </message>
    <message>
        <source>This account is switched off. Ask your administrator.</source>
        <translation>账号已停用，请联系管理员。</translation>
    </message>
    <message>
        <source>Offline, and you have not signed in at this desk before.</source>
        <translation>当前离线，且您没有在本机登录过。</translation>
    </message>
    <message>
        <source>This is a one-time code. Set a password of your own.</source>
        <translation>这是一次性登录码，请设置您自己的密码。</translation>
    </message>
    <message>
        <source>This is the password you have. Choose another.</source>
        <translation>与现有密码相同，请换一个。</translation>
    </message>
    <message>
        <source>Your password was set anew. Sign in once online with the new one.</source>
        <translation>您的密码已重新设置，请联网用新密码登录一次。</translation>
    </message>
    <message>
        <source>This code has run out. Ask your administrator for a new one.</source>
        <translation>登录码已过期，请向管理员索取新的。</translation>
    </message>
    <message>
        <source>Change your own password in the menu under your name.</source>
        <translation>请在您姓名下的菜单中修改自己的密码。</translation>
    </message>
    <message>
        <source>The centre does not know this person yet. Try again soon.</source>
        <translation>中心尚无此人，请稍后再试。</translation>
    </message>
    <message>
        <source>Too many wrong passwords. Try again later.</source>
        <translation>密码错误次数过多，请稍后再试。</translation>
    </message>
    <message>
        <source>Your offline permission has run out. Sign in online once.</source>
        <translation>离线授权已过期，请联网登录一次。</translation>
    </message>
    <message>
        <source>This desk is not enrolled yet.</source>
        <translation>本机还没有注册。</translation>
    </message>
    <message>
        <source>This desk was shut out by the administrator.</source>
        <translation>本机已被管理员停用。</translation>
    </message>
    <message>
        <source>This program is too old for the centre. Update it; your work is kept.</source>
        <translation>程序版本过旧，请更新；您的工作已保存。</translation>
    </message>
    <message>
        <source>{amount:money} is above what any level may approve.</source>
        <translation>{amount:money} 超出所有级别的审批权限。</translation>
    </message>
    <message>
        <source>Only {left:money} of what was paid is left to give back.</source>
        <translation>可退余额只有 {left:money}。</translation>
    </message>
    <message>
        <source>{amount:money} is above what your level may approve.</source>
        <translation>{amount:money} 超出您的审批权限。</translation>
    </message>
    <message>
        <source>Acts of communication are missing. Do them, or write why not.</source>
        <translation>五步沟通还未完成，请补做或填写原因。</translation>
    </message>
    <message>
        <source>This was given already. It was not given twice.</source>
        <translation>该补偿已给过，没有重复发放。</translation>
    </message>
    <message>
        <source>It is marked already.</source>
        <translation>已标记。</translation>
    </message>
    <message>
        <source>This order has an open ticket of this kind.</source>
        <translation>该订单已有同类未结工单。</translation>
    </message>
    <message>
        <source>The clocks stand still already.</source>
        <translation>已在暂停计时。</translation>
    </message>
    <message>
        <source>This desk is shut out already.</source>
        <translation>该工作台已停用。</translation>
    </message>
    <message>
        <source>Somebody has answered this request.</source>
        <translation>该审批已有答复。</translation>
    </message>
    <message>
        <source>This request has run out. Ask again.</source>
        <translation>该审批已过期，请再次申请。</translation>
    </message>
    <message>
        <source>A request is still waiting for its answer.</source>
        <translation>还有审批在等待答复。</translation>
    </message>
    <message>
        <source>This was settled meanwhile.</source>
        <translation>此事项已经处理完毕。</translation>
    </message>
    <message>
        <source>The case cannot move there from where it is.</source>
        <translation>工单当前阶段不能这样推进。</translation>
    </message>
    <message>
        <source>The last administrator cannot be taken away.</source>
        <translation>不能停用最后一位管理员。</translation>
    </message>
    <message>
        <source>This needs a {needed:level}.</source>
        <translation>需要{needed:level}处理。</translation>
    </message>
    <message>
        <source>This login is taken.</source>
        <translation>该账号已被使用。</translation>
    </message>
    <message>
        <source>It may have arrived already. Check with the other side first.</source>
        <translation>可能已经到账，请先与对方核实。</translation>
    </message>
    <message>
        <source>Money of this case is still on its way. Wait for it, or hand the case off.</source>
        <translation>本单还有款项在处理中，请等待或转交。</translation>
    </message>
    <message>
        <source>A name in every language is needed.</source>
        <translation>请填写各语言的名称。</translation>
    </message>
    <message>
        <source>There is no phone number to send to.</source>
        <translation>没有可发送的手机号。</translation>
    </message>
    <message>
        <source>Nobody above may decide this.</source>
        <translation>没有更高级别可审批。</translation>
    </message>
    <message>
        <source>No cost is set for this in {currency}.</source>
        <translation>{currency} 未设置该项成本。</translation>
    </message>
    <message>
        <source>This desk is not known.</source>
        <translation>找不到该工作台。</translation>
    </message>
    <message>
        <source>This promise is not known.</source>
        <translation>找不到该承诺。</translation>
    </message>
    <message>
        <source>This store is not known.</source>
        <translation>找不到该门店。</translation>
    </message>
    <message>
        <source>This team is not known.</source>
        <translation>找不到该小组。</translation>
    </message>
    <message>
        <source>This script is not there any more.</source>
        <translation>该话术已不存在。</translation>
    </message>
    <message>
        <source>Claim the ticket first.</source>
        <translation>请先领取工单。</translation>
    </message>
    <message>
        <source>The case is not closed yet.</source>
        <translation>工单还没有关闭。</translation>
    </message>
    <message>
        <source>It is not due.</source>
        <translation>还未到时间。</translation>
    </message>
    <message>
        <source>The clocks are running.</source>
        <translation>没有暂停计时。</translation>
    </message>
    <message>
        <source>The other system does not do this by itself. Do it by hand and confirm.</source>
        <translation>对方系统不支持自动执行，请人工处理后确认。</translation>
    </message>
    <message>
        <source>The case has to reach Resolve before it closes.</source>
        <translation>工单到“解决”阶段后才能关闭。</translation>
    </message>
    <message>
        <source>Not before {until:time}.</source>
        <translation>{until:time} 之后才可以。</translation>
    </message>
    <message>
        <source>This belongs to another team.</source>
        <translation>不属于您的小组。</translation>
    </message>
    <message>
        <source>Write something first.</source>
        <translation>请先填写内容。</translation>
    </message>
    <message>
        <source>A newer version is known.</source>
        <translation>已有更新的版本。</translation>
    </message>
    <message>
        <source>The order is not cancelled, so this cannot be the outcome.</source>
        <translation>订单未取消，不能选择该结论。</translation>
    </message>
    <message>
        <source>Say the order number, or pick the order.</source>
        <translation>请填写订单号或选择订单。</translation>
    </message>
    <message>
        <source>Nobody approves their own request.</source>
        <translation>不能审批自己的申请。</translation>
    </message>
    <message>
        <source>Fill what is missing: {missing}.</source>
        <translation>请填写：{missing}。</translation>
    </message>
    <message>
        <source>Words that put the blame on somebody: {words}.</source>
        <translation>含推责用语：{words}。</translation>
    </message>
    <message>
        <source>The rules do not fit together ({count}).</source>
        <translation>规则不完整（{count} 处）。</translation>
    </message>
    <message>
        <source>The rules changed meanwhile. Look again.</source>
        <translation>规则已更新，请重新查看。</translation>
    </message>
    <message>
        <source>This promise is kept.</source>
        <translation>该承诺已兑现。</translation>
    </message>
    <message>
        <source>The record is not complete: {missing}.</source>
        <translation>处理记录不完整：{missing}。</translation>
    </message>
    <message>
        <source>Write the record first.</source>
        <translation>请先填写处理记录。</translation>
    </message>
    <message>
        <source>A reference is needed.</source>
        <translation>请填写凭证号。</translation>
    </message>
    <message>
        <source>A refund was reported elsewhere. Wait until it is clear what is left.</source>
        <translation>有外部退款在核实，请等待余额确认。</translation>
    </message>
    <message>
        <source>It is with this team already.</source>
        <translation>工单已在该小组。</translation>
    </message>
    <message>
        <source>A newer one took its place.</source>
        <translation>已被新的操作取代。</translation>
    </message>
    <message>
        <source>This script does not fit the case.</source>
        <translation>该话术不适用于此工单。</translation>
    </message>
    <message>
        <source>This ticket exists already.</source>
        <translation>工单已存在。</translation>
    </message>
    <message>
        <source>It is too early for this.</source>
        <translation>时间未到。</translation>
    </message>
    <message>
        <source>Pick the type first.</source>
        <translation>请先选择类型。</translation>
    </message>
    <message>
        <source>Nobody takes this ticket. See that somebody does.</source>
        <translation>无人领取此工单，请安排人处理。</translation>
    </message>
    <message>
        <source>This was asked already.</source>
        <translation>已经提出过了。</translation>
    </message>
    <message>
        <source>This task was answered or taken back meanwhile.</source>
        <translation>此任务已被回复或撤回。</translation>
    </message>
    <message>
        <source>Somebody is at this task already.</source>
        <translation>已有人在处理此任务。</translation>
    </message>
    <message>
        <source>Say why it cannot be done.</source>
        <translation>请说明无法办理的原因。</translation>
    </message>
    <message>
        <source>This time is over already.</source>
        <translation>该时间已过。</translation>
    </message>
    <message>
        <source>This customer is blocked already.</source>
        <translation>该客户已在黑名单中。</translation>
    </message>
    <message>
        <source>This customer is not blocked.</source>
        <translation>该客户不在黑名单中。</translation>
    </message>
    <message>
        <source>Say why in words.</source>
        <translation>请写明原因。</translation>
    </message>
    <message>
        <source>This customer is on the block list: a person has to decide.</source>
        <translation>该客户在黑名单中，须由人工决定。</translation>
    </message>
    <message>
        <source>This is not the customer of this ticket.</source>
        <translation>不是该工单的客户。</translation>
    </message>
    <message>
        <source>Above what this order may get.</source>
        <translation>超出本单额度。</translation>
    </message>
    <message>
        <source>Above what this customer may get.</source>
        <translation>超出该客户额度。</translation>
    </message>
    <message>
        <source>Above what you may give today.</source>
        <translation>超出您今天的额度。</translation>
    </message>
    <message>
        <source>Above what the store may give today.</source>
        <translation>超出门店今天的额度。</translation>
    </message>
    <message>
        <source>Above your limit per grant.</source>
        <translation>超出单次权限。</translation>
    </message>
    <message>
        <source>No cap is set for this currency: it needs approval.</source>
        <translation>该币种未设额度，需审批。</translation>
    </message>
    <message>
        <source>The centre decides this; the answer comes by itself.</source>
        <translation>由中心决定，结果会自动显示。</translation>
    </message>
    <message>
        <source>There is no order to give for.</source>
        <translation>没有订单，无法补偿。</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>尚未登录。</translation>
    </message>
    <message>
        <source>Let somebody who signed in at this desk before unlock it first.</source>
        <translation>请先由曾在本机登录过的同事登录一次。</translation>
    </message>
    <message>
        <source>You may not work at this desk.</source>
        <translation>您不能在本机工作。</translation>
    </message>
    <message>
        <source>This was sent before in another order. It was not done again.</source>
        <translation>该操作序号重复，没有重复执行。</translation>
    </message>
    <message>
        <source>The centre could not read this act. Tell the administrator.</source>
        <translation>中心无法识别此操作，请联系管理员。</translation>
    </message>
    <message>
        <source>The centre does not know this act. Update the program.</source>
        <translation>中心不支持此操作，请更新程序。</translation>
    </message>
    <message>
        <source>Put aside by the centre. Tell the administrator.</source>
        <translation>中心已搁置此操作，请联系管理员。</translation>
    </message>
    <message>
        <source>Not done.</source>
        <translation>未执行。</translation>
    </message>
    <message>
        <source>Too much at once.</source>
        <translation>内容过大。</translation>
    </message>
    <message>
        <source>The centre was restored from a backup; this desk fetches everything anew.</source>
        <translation>中心已从备份恢复，本机正在重新同步。</translation>
    </message>
    <message>
        <source>This desk was away for long and fetches everything anew.</source>
        <translation>离线时间较长，正在重新同步。</translation>
    </message>
    <message>
        <source>The centre&apos;s address is not safe: https is needed.</source>
        <translation>中心地址不安全，需要 https。</translation>
    </message>
    <message>
        <source>The centre could not read this. Tell the administrator.</source>
        <translation>中心无法识别，请联系管理员。</translation>
    </message>
    <message>
        <source>The key of this desk is not valid.</source>
        <translation>本机密钥无效。</translation>
    </message>
    <message>
        <source>A password has at least {least} characters.</source>
        <translation>密码至少需要 {least} 个字符。</translation>
    </message>
    <message>
        <source>Type more digits or letters.</source>
        <translation>请多输入几位。</translation>
    </message>
    <message>
        <source>The key is not valid.</source>
        <translation>密钥无效。</translation>
    </message>
    <message>
        <source>This key is not for that.</source>
        <translation>密钥用途不符。</translation>
    </message>
    <message>
        <source>This is not for everybody.</source>
        <translation>不对外开放。</translation>
    </message>
    <message>
        <source>The contact was not asked for on a ticket.</source>
        <translation>请先在工单上查看联系方式。</translation>
    </message>
    <message>
        <source>These values were erased.</source>
        <translation>该信息已删除。</translation>
    </message>
    <message>
        <source>Too many look-ups. Wait a moment.</source>
        <translation>查询过于频繁，请稍候。</translation>
    </message>
    <message>
        <source>Too many tries. Wait a moment.</source>
        <translation>尝试过于频繁，请稍候。</translation>
    </message>
    <message>
        <source>The centre&apos;s database does not answer. It is tried again by itself.</source>
        <translation>中心数据库暂无应答，稍后会自动重试。</translation>
    </message>
    <message>
        <source>The ticket has this finding already.</source>
        <translation>工单上已有这条发现。</translation>
    </message>
    <message>
        <source>Nothing was found on this ticket, or it went away before.</source>
        <translation>该工单没有系统发现，或者已经消失。</translation>
    </message>
    <message>
        <source>This key was used with other content.</source>
        <translation>该编号已用于其他内容。</translation>
    </message>
    <message>
        <source>This version was told with other content.</source>
        <translation>该版本已有其他内容。</translation>
    </message>
    <message>
        <source>The centre does not allow this.</source>
        <translation>中心不允许此操作。</translation>
    </message>
    <message>
        <source>The centre does not know this. Update the program.</source>
        <translation>中心不支持此操作，请更新程序。</translation>
    </message>
</context>
<context>
    <name>words row_state</name>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Waiting for the centre</source>
        <translation>等待中心确认</translation>
    </message>
    <message>
        <source>Sent, answer unknown</source>
        <translation>已发送，结果未知</translation>
    </message>
    <message>
        <source>Needs approval</source>
        <translation>需审批</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
</context>
<context>
    <name>words saw</name>
    <message>
        <source>{value:money} received</source>
        <translation>实收 {value:money}</translation>
    </message>
    <message>
        <source>{value:money} due</source>
        <translation>应付 {value:money}</translation>
    </message>
    <message>
        <source>{value:money} too much</source>
        <translation>多收 {value:money}</translation>
    </message>
    <message>
        <source>{value:money} too little</source>
        <translation>少收 {value:money}</translation>
    </message>
    <message>
        <source>SKU {value}</source>
        <translation>SKU {value}</translation>
    </message>
    <message>
        <source>{value} pieces missing</source>
        <translation>缺 {value} 件</translation>
    </message>
    <message>
        <source>{value} pieces not reserved</source>
        <translation>{value} 件未占用</translation>
    </message>
    <message>
        <source>system has {value}</source>
        <translation>系统 {value}</translation>
    </message>
    <message>
        <source>{value} counted</source>
        <translation>实盘 {value}</translation>
    </message>
    <message>
        <source>{value}</source>
        <translation>{value}</translation>
    </message>
    <message>
        <source>order: {value:order_state}</source>
        <translation>订单：{value:order_state}</translation>
    </message>
    <message>
        <source>{value} calls not answered</source>
        <translation>{value} 次电话未接通</translation>
    </message>
    <message>
        <source>{value} pieces</source>
        <translation>{value} 件</translation>
    </message>
    <message>
        <source>was to arrive {value:time}</source>
        <translation>应于 {value:time} 送达</translation>
    </message>
    <message>
        <source>last scan: {value:parcel_scan}</source>
        <translation>最近物流：{value:parcel_scan}</translation>
    </message>
    <message>
        <source>{value:time}</source>
        <translation>{value:time}</translation>
    </message>
    <message>
        <source>{value} orders</source>
        <translation>{value} 笔订单</translation>
    </message>
    <message>
        <source>with {value}</source>
        <translation>同批 {value}</translation>
    </message>
    <message>
        <source>since {value:time}</source>
        <translation>自 {value:time}</translation>
    </message>
    <message>
        <source>limit {value} min</source>
        <translation>阈值 {value} 分钟</translation>
    </message>
    <message>
        <source>limit {value} h</source>
        <translation>阈值 {value} 小时</translation>
    </message>
    <message>
        <source>limit {value} days</source>
        <translation>阈值 {value} 天</translation>
    </message>
    <message>
        <source>limit {value} pieces</source>
        <translation>阈值 {value} 件</translation>
    </message>
    <message>
        <source>limit {value} orders</source>
        <translation>阈值 {value} 笔</translation>
    </message>
</context>
<context>
    <name>words stage</name>
    <message>
        <source>Identify</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>解决</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
</context>
<context>
    <name>words stage_note</name>
    <message>
        <source>packed</source>
        <translation>已打包</translation>
    </message>
    <message>
        <source>not packed</source>
        <translation>未打包</translation>
    </message>
    <message>
        <source>not paid</source>
        <translation>未支付</translation>
    </message>
</context>
<context>
    <name>words step</name>
    <message>
        <source>Ticket opened</source>
        <translation>新建工单</translation>
    </message>
    <message>
        <source>Customer asked again ({channel:channel})</source>
        <translation>客户再次催促（{channel:channel}）</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>领取工单</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>释放工单</translation>
    </message>
    <message>
        <source>Stage: {stage:stage}</source>
        <translation>阶段：{stage:stage}</translation>
    </message>
    <message>
        <source>Reason set</source>
        <translation>选择原因</translation>
    </message>
    <message>
        <source>The customer&apos;s words say why</source>
        <translation>按客户原话识别原因</translation>
    </message>
    <message>
        <source>Mood flagged</source>
        <translation>标记情绪</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Clocks paused</source>
        <translation>暂停计时</translation>
    </message>
    <message>
        <source>Clocks running again</source>
        <translation>继续计时</translation>
    </message>
    <message>
        <source>First response given</source>
        <translation>已首次响应</translation>
    </message>
    <message>
        <source>First response overdue</source>
        <translation>首次响应超时</translation>
    </message>
    <message>
        <source>Message ({via:via})</source>
        <translation>话术（{via:via}）</translation>
    </message>
    <message>
        <source>Promised by {due_at:time}</source>
        <translation>承诺 {due_at:time} 前</translation>
    </message>
    <message>
        <source>Promise kept</source>
        <translation>已兑现承诺</translation>
    </message>
    <message>
        <source>Handed to {team}</source>
        <translation>转交 {team}</translation>
    </message>
    <message>
        <source>Record written</source>
        <translation>填写处理记录</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>关闭工单</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Clocks computed anew</source>
        <translation>重新计算时限</translation>
    </message>
    <message>
        <source>Seen by the system as well</source>
        <translation>系统也发现了同样的问题</translation>
    </message>
    <message>
        <source>What the system saw went away</source>
        <translation>系统发现的异常已消失</translation>
    </message>
    <message>
        <source>Contact shown</source>
        <translation>查看联系方式</translation>
    </message>
    <message>
        <source>Nobody took it: {level:level} told</source>
        <translation>无人受理，已上报{level:level}</translation>
    </message>
    <message>
        <source>Asked for: {what}</source>
        <translation>已请求：{what}</translation>
    </message>
    <message>
        <source>At work: {what}</source>
        <translation>处理中：{what}</translation>
    </message>
    <message>
        <source>Answered: {what}</source>
        <translation>已回复：{what}</translation>
    </message>
    <message>
        <source>No longer needed: {what}</source>
        <translation>不再需要：{what}</translation>
    </message>
    <message>
        <source>No answer to {what}: {level:level} told</source>
        <translation>{what}未获回复，已上报{level:level}</translation>
    </message>
    <message>
        <source>Customer blocked: {what}</source>
        <translation>客户已拉黑：{what}</translation>
    </message>
    <message>
        <source>Block lifted: {what}</source>
        <translation>已解除拉黑：{what}</translation>
    </message>
    <message>
        <source>News from the shop</source>
        <translation>商城更新</translation>
    </message>
    <message>
        <source>Order cancelled</source>
        <translation>订单已取消</translation>
    </message>
    <message>
        <source>Stock released: {quantity}</source>
        <translation>释放库存 {quantity}</translation>
    </message>
    <message>
        <source>Given: {what}</source>
        <translation>已给：{what}</translation>
    </message>
    <message>
        <source>{what}: {state:effect_state}</source>
        <translation>{what}：{state:effect_state}</translation>
    </message>
    <message>
        <source>Checked: {what} {answer:check_answer}</source>
        <translation>已核实：{what} {answer:check_answer}</translation>
    </message>
    <message>
        <source>Handled: {what}</source>
        <translation>已处理：{what}</translation>
    </message>
    <message>
        <source>Refund of a payment arrived: {amount:money}</source>
        <translation>收款已退回：{amount:money}</translation>
    </message>
    <message>
        <source>Refund arrived: {amount:money}</source>
        <translation>退款到账 {amount:money}</translation>
    </message>
    <message>
        <source>Asked: {kind:effect}</source>
        <translation>已提交：{kind:effect}</translation>
    </message>
    <message>
        <source>{kind:effect}: {state:effect_state}</source>
        <translation>{kind:effect}：{state:effect_state}</translation>
    </message>
    <message>
        <source>Approval asked: {cost:money}</source>
        <translation>申请审批 {cost:money}</translation>
    </message>
    <message>
        <source>Approval answered</source>
        <translation>审批已答复</translation>
    </message>
    <message>
        <source>Approval moved up to {level:level}</source>
        <translation>审批升级至{level:level}</translation>
    </message>
    <message>
        <source>Approval ran out</source>
        <translation>审批已过期</translation>
    </message>
    <message>
        <source>Budget opened</source>
        <translation>开立额度</translation>
    </message>
    <message>
        <source>Budget used: {amount:money}</source>
        <translation>使用额度 {amount:money}</translation>
    </message>
    <message>
        <source>Budget returned: {amount:money}</source>
        <translation>退回额度 {amount:money}</translation>
    </message>
    <message>
        <source>Budget raised: {amount:money}</source>
        <translation>提高额度 {amount:money}</translation>
    </message>
    <message>
        <source>Person saved</source>
        <translation>保存人员</translation>
    </message>
    <message>
        <source>Team saved</source>
        <translation>保存小组</translation>
    </message>
    <message>
        <source>Store saved</source>
        <translation>保存门店</translation>
    </message>
    <message>
        <source>Desk revoked</source>
        <translation>停用本机</translation>
    </message>
    <message>
        <source>Policy published</source>
        <translation>发布规则</translation>
    </message>
    <message>
        <source>Order placed</source>
        <translation>下单成功</translation>
    </message>
    <message>
        <source>Payment arrived</source>
        <translation>支付到账</translation>
    </message>
    <message>
        <source>Packed</source>
        <translation>已打包</translation>
    </message>
    <message>
        <source>Handed to the carrier</source>
        <translation>已发货</translation>
    </message>
    <message>
        <source>Signed for</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>Parcel news</source>
        <translation>物流更新</translation>
    </message>
</context>
<context>
    <name>words sync</name>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>同步中</translation>
    </message>
    <message>
        <source>Offline, work goes on</source>
        <translation>离线，可继续工作</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>请重新登录</translation>
    </message>
    <message>
        <source>Update needed</source>
        <translation>需要更新</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>已退出</translation>
    </message>
    <message>
        <source>This desk is shut out</source>
        <translation>本机已停用</translation>
    </message>
</context>
<context>
    <name>words system</name>
    <message>
        <source>Shop</source>
        <translation>商城</translation>
    </message>
    <message>
        <source>ERP</source>
        <translation>ERP</translation>
    </message>
    <message>
        <source>WMS</source>
        <translation>WMS</translation>
    </message>
    <message>
        <source>CRM</source>
        <translation>CRM</translation>
    </message>
</context>
<context>
    <name>words task_end</name>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Cannot</source>
        <translation>不能办理</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
</context>
<context>
    <name>words task_mark</name>
    <message>
        <source>moved up</source>
        <translation>已上报</translation>
    </message>
    <message>
        <source>moved up to {level}</source>
        <translation>已上报{level}</translation>
    </message>
    <message>
        <source>no. {reference}</source>
        <translation>凭证号 {reference}</translation>
    </message>
    <message>
        <source>{name} asked {at:time}</source>
        <translation>{name} {at:time} 发起</translation>
    </message>
</context>
<context>
    <name>words task_state</name>
    <message>
        <source>nobody has taken it</source>
        <translation>待领取</translation>
    </message>
    <message>
        <source>in hand</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>cannot be done</source>
        <translation>不能办理</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>已撤回</translation>
    </message>
</context>
<context>
    <name>words then</name>
    <message>
        <source>then it cancels by itself</source>
        <translation>之后可直接取消</translation>
    </message>
    <message>
        <source>then it may cancel again</source>
        <translation>之后可再次自动取消</translation>
    </message>
    <message>
        <source>then a person has to review</source>
        <translation>之后需人工审核</translation>
    </message>
    <message>
        <source>then it is packed</source>
        <translation>之后进入打包</translation>
    </message>
    <message>
        <source>then it is shipped</source>
        <translation>之后发货</translation>
    </message>
    <message>
        <source>then it can no longer be cancelled</source>
        <translation>之后不可取消</translation>
    </message>
    <message>
        <source>then the {wave} wave</source>
        <translation>之后进入 {wave} 发货波次</translation>
    </message>
    <message>
        <source>then it goes to after-sales</source>
        <translation>之后转售后</translation>
    </message>
    <message>
        <source>then it cannot be cancelled</source>
        <translation>之后不可取消</translation>
    </message>
    <message>
        <source>then it is cancelled</source>
        <translation>之后已取消</translation>
    </message>
</context>
<context>
    <name>words told</name>
    <message>
        <source>Asked: a {level:level} decides. You see the answer here.</source>
        <translation>已提交审批，等待{level:level}答复。</translation>
    </message>
    <message>
        <source>Note kept.</source>
        <translation>备注已保存。</translation>
    </message>
    <message>
        <source>Noted. Cancel this order first, then the customer orders again.</source>
        <translation>已记录。请先取消本单，再请客户重新下单。</translation>
    </message>
    <message>
        <source>Handed off.</source>
        <translation>已转交。</translation>
    </message>
    <message>
        <source>Opened. It stands in the queue of that team now.</source>
        <translation>已开单，现已进入该小组的队列。</translation>
    </message>
    <message>
        <source>Case closed.</source>
        <translation>工单已关闭。</translation>
    </message>
    <message>
        <source>Archived.</source>
        <translation>已归档。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>On its way to the customer.</source>
        <translation>已提交发送。</translation>
    </message>
    <message>
        <source>Written down as said.</source>
        <translation>已记录口述内容。</translation>
    </message>
    <message>
        <source>Copied: paste it into the chat. Written down as said.</source>
        <translation>已复制，请粘贴到聊天窗口；已记为已说明。</translation>
    </message>
    <message>
        <source>Given.</source>
        <translation>已给出补偿。</translation>
    </message>
    <message>
        <source>Approved.</source>
        <translation>已批准。</translation>
    </message>
    <message>
        <source>Denied.</source>
        <translation>已拒绝。</translation>
    </message>
    <message>
        <source>Confirmed.</source>
        <translation>已确认。</translation>
    </message>
    <message>
        <source>It tries again.</source>
        <translation>已安排重试。</translation>
    </message>
    <message>
        <source>Written down: it cannot be done. The case hears of it.</source>
        <translation>已记录：不能办理，工单会收到通知。</translation>
    </message>
    <message>
        <source>Yours now.</source>
        <translation>已由您领取。</translation>
    </message>
    <message>
        <source>Answered; the team that asked sees it.</source>
        <translation>已答复，对方会看到。</translation>
    </message>
    <message>
        <source>Asked. The answer comes here.</source>
        <translation>已发出，答复会显示在这里。</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>已撤回。</translation>
    </message>
    <message>
        <source>Under way. Tell the customer.</source>
        <translation>已开始处理，请告知客户。</translation>
    </message>
    <message>
        <source>Blocked.</source>
        <translation>已拉黑。</translation>
    </message>
    <message>
        <source>The block is lifted.</source>
        <translation>已解除拉黑。</translation>
    </message>
    <message>
        <source>Order cancelled; refund and stock follow.</source>
        <translation>订单已取消，退款和库存随后处理。</translation>
    </message>
</context>
<context>
    <name>words verdict</name>
    <message>
        <source>Not paid: cancels by itself, stock is released</source>
        <translation>未支付，可直接取消并释放库存</translation>
    </message>
    <message>
        <source>Not booked as paid, yet {amount:money} came in: a person has to review</source>
        <translation>订单显示未支付，但已收到 {amount:money}：需要人工确认</translation>
    </message>
    <message>
        <source>May cancel now · {amount:money} goes back</source>
        <translation>可自动取消，原路退回 {amount:money}</translation>
    </message>
    <message>
        <source>Packing has begun: a person has to review</source>
        <translation>已过可取消时效，需人工审核</translation>
    </message>
    <message>
        <source>Packed: a person has to review</source>
        <translation>已打包，需人工审核</translation>
    </message>
    <message>
        <source>Shipped: intercept the parcel, a person decides</source>
        <translation>已发货，需拦截包裹并人工处理</translation>
    </message>
    <message>
        <source>Fresh goods on their way: cannot be cancelled</source>
        <translation>生鲜已发货，不可取消</translation>
    </message>
    <message>
        <source>Fresh goods past their shipping time: cannot be cancelled</source>
        <translation>生鲜已过发货时间，不可取消</translation>
    </message>
    <message>
        <source>Signed for: goes to after-sales</source>
        <translation>已签收，转售后处理</translation>
    </message>
    <message>
        <source>Cancelled already</source>
        <translation>订单已取消</translation>
    </message>
    <message>
        <source>Not known here: the centre decides</source>
        <translation>本机无法判断，由中心决定</translation>
    </message>
    <message>
        <source>What kind of trouble is it? Pick it with R</source>
        <translation>是哪一类异常？按 R 选择</translation>
    </message>
    <message>
        <source>{label}: {count} to check before anything is done</source>
        <translation>{label}：处理前还有 {count} 项必查</translation>
    </message>
    <message>
        <source>{label} → {act}</source>
        <translation>{label} → {act}</translation>
    </message>
    <message>
        <source>{label} → {act} · or {more} more</source>
        <translation>{label} → {act} · 另有 {more} 种方案</translation>
    </message>
    <message>
        <source>{label} → {act}: under way, tell the customer</source>
        <translation>{label} → {act}：处理中，请告知客户</translation>
    </message>
    <message>
        <source>{label}: waiting for another team until {due:time}</source>
        <translation>{label}：等待其他组答复，期限 {due:time}</translation>
    </message>
    <message>
        <source>{label}: the rules allow nothing here now</source>
        <translation>{label}：按规则目前没有可用方案</translation>
    </message>
    <message>
        <source>{label}: no longer so, tell the customer and wrap up</source>
        <translation>{label}：已恢复正常，请告知客户并结单</translation>
    </message>
    <message>
        <source>No order yet: write down what the customer knows</source>
        <translation>暂无订单，请先登记客户提供的信息</translation>
    </message>
</context>
<context>
    <name>words via</name>
    <message>
        <source>said</source>
        <translation>口述</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>app message</source>
        <translation>APP 消息</translation>
    </message>
</context>
<context>
    <name>words yes_no</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
</context>
</TS>
